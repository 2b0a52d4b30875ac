import { AI_SDK_DRIVERS } from './ai-sdk-drivers.ts';
import { testHostContract } from './host-contract.ts';

for (const driver of AI_SDK_DRIVERS) testHostContract(driver);
