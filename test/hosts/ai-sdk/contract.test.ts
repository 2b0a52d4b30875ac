import { driversOf } from '../ai-sdk-drivers.ts';
import { testHostContract } from '../host-contract.ts';
import { INSTALLED_AI_SDKS } from './installed-ai-sdks.ts';

for (const version of INSTALLED_AI_SDKS) {
  for (const driver of driversOf(version)) testHostContract(driver);
}
