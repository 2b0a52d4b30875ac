import { testHostContract } from '../host-contract.ts';
import { driversOf } from './agents-drivers.ts';
import { AGENTS_VERSIONS } from './agents-version.ts';

for (const version of AGENTS_VERSIONS) {
  for (const driver of driversOf(version)) testHostContract(driver);
}
