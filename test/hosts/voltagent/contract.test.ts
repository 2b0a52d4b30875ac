import { testHostContract } from '../host-contract.ts';
import { agentHooksDriver } from './voltagent-drivers.ts';
import { VOLTAGENT_VERSIONS } from './voltagent-version.ts';

for (const version of VOLTAGENT_VERSIONS) testHostContract(agentHooksDriver(version));
