import { AI_6, AI_7 } from '../ai-sdk-version.ts';
import { driversOf } from '../ai-sdk-drivers.ts';
import { testHostContract } from '../host-contract.ts';
import { INSTALLED_AI_SDKS } from './installed-ai-sdks.ts';

/** Those that the tests of the root hold to the contract. */
const versionsOfRoot = [AI_7, AI_6].map(({ host }) => host.version);

for (const version of INSTALLED_AI_SDKS) {
  if (versionsOfRoot.includes(version.host.version)) continue;
  for (const driver of driversOf(version)) testHostContract(driver);
}
