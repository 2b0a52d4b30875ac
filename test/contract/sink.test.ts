import { describeSink } from './sink.ts';
import { SINKS } from './sinks-under-test.ts';

for (const [name, create] of Object.entries(SINKS)) describeSink(name, create);
