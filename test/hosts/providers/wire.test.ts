import { AI_7_PACKAGES } from './packages.ts';
import { describeProvidersOnTheWire } from './wire-suite.ts';

describeProvidersOnTheWire(AI_7_PACKAGES);
