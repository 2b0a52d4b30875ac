import { testHostContract } from '../host-contract.ts';
import { CLIENT_AGENTS } from './client-agents.ts';
import { clientDriver } from './client-drivers.ts';

for (const agent of CLIENT_AGENTS) {
  testHostContract(clientDriver(agent, 'fetch'));
  if (agent.version.hasMiddleware) testHostContract(clientDriver(agent, 'middleware'));
}
