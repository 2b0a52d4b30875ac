import { codeOutline } from '../../src/compression/selection/code-outline.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { grammars } from '../code-fixtures.ts';
import { codeText } from '../property/arbitraries/code.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

describeSelection(codeOutline, codeText(), { grammars });
describeStrategy(repeatedLines, codeText());
