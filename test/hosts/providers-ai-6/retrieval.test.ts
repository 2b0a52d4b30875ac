import { describeRetrieval } from '../providers/retrieval-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeRetrieval(AI_6_PACKAGES);
