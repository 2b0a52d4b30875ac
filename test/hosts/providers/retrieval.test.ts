import { describeRetrieval } from './retrieval-suite.ts';
import { AI_7_PACKAGES } from './packages.ts';

describeRetrieval(AI_7_PACKAGES);
