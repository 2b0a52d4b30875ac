import { testHostContract } from '../host-contract.ts';
import { modelDriver, processorDriver } from './mastra-drivers.ts';
import { MASTRA_VERSIONS } from './mastra-version.ts';

for (const version of MASTRA_VERSIONS) {
  testHostContract(processorDriver(version));
  testHostContract(modelDriver(version));
}
