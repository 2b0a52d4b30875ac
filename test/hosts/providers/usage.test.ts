import { describeUsage } from './usage-suite.ts';
import { AI_7_PACKAGES } from './packages.ts';

describeUsage(AI_7_PACKAGES);
