import * as newest5 from 'ai-5';
import { testedHost } from '../compatibility/tested-host.ts';
import { testSpecVersions } from '../spec-version-suite.ts';
import { INSTALLED_AI_SDKS } from './installed-ai-sdks.ts';

for (const { host, sdk, specificationVersion } of INSTALLED_AI_SDKS) {
  testSpecVersions(host, sdk, specificationVersion === 'v4' ? ['v2', 'v3', 'v4'] : ['v2', 'v3']);
}

// It has no agent that ours could be made of, and nothing that hooks could be told by.
testSpecVersions(testedHost('ai-5', import.meta.url), newest5, ['v2']);
