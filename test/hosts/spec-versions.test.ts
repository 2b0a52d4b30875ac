import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { testSpecVersions } from './spec-version-suite.ts';

testSpecVersions(AI_7.host, AI_7.sdk, ['v2', 'v3', 'v4']);
testSpecVersions(AI_6.host, AI_6.sdk, ['v2', 'v3']);
