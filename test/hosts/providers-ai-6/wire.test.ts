import { describeProvidersOnTheWire } from '../providers/wire-suite.ts';
import { AI_6_PACKAGES } from './packages.ts';

describeProvidersOnTheWire(AI_6_PACKAGES);
