import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { testSpecVersions } from './spec-version-suite.ts';

testSpecVersions('ai 7', AI_7.sdk, ['v2', 'v3', 'v4']);
testSpecVersions('ai 6', AI_6.sdk, ['v2', 'v3']);
