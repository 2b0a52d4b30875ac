import { describeServerTools } from './server-tool-suite.ts';
import { AI_7_PACKAGES } from './packages.ts';

describeServerTools(AI_7_PACKAGES);
