import { describeThinking } from '../providers/thinking-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeThinking(AI_6_PACKAGES);
