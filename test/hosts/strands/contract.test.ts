import { testHostContract } from '../host-contract.ts';
import { pluginDriver } from './strands-drivers.ts';
import { STRANDS_VERSIONS } from './strands-version.ts';

for (const version of STRANDS_VERSIONS) testHostContract(pluginDriver(version));
