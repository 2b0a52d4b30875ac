import { describeReasoning } from './reasoning-suite.ts';
import { AI_7_PACKAGES } from './packages.ts';

describeReasoning(AI_7_PACKAGES);
