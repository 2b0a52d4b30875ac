import { describeReasoning } from '../providers/reasoning-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeReasoning(AI_6_PACKAGES);
