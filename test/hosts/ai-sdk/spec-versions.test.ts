import * as newest5 from 'ai-5';
import type { AiSdk } from '../ai-sdk-version.ts';
import { testSpecVersions } from '../spec-version-suite.ts';
import { INSTALLED_AI_SDKS } from './installed-ai-sdks.ts';

for (const { name, sdk, specificationVersion } of INSTALLED_AI_SDKS) {
  testSpecVersions(name, sdk, specificationVersion === 'v4' ? ['v2', 'v3', 'v4'] : ['v2', 'v3']);
}

// It has no agent that ours could be made of, and nothing that hooks could be told by.
testSpecVersions('ai 5', newest5 as unknown as AiSdk, ['v2']);
