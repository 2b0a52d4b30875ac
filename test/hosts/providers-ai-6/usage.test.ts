import { describeUsage } from '../providers/usage-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeUsage(AI_6_PACKAGES);
