import { describeServerTools } from '../providers/server-tool-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeServerTools(AI_6_PACKAGES);
