import { testHostContract } from '../host-contract.ts';
import { driversOf } from './langchain-drivers.ts';
import { LANGCHAIN_VERSIONS } from './langchain-version.ts';

for (const version of LANGCHAIN_VERSIONS) {
  for (const driver of driversOf(version)) testHostContract(driver);
}
