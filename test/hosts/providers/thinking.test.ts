import { describeThinking } from './thinking-suite.ts';
import { AI_7_PACKAGES } from './packages.ts';

describeThinking(AI_7_PACKAGES);
