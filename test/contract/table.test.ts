import { tableRows } from '../../src/compression/selection/table-rows.ts';
import { framedRows } from '../../src/compression/strategies/framed-rows.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { tableText } from '../property/arbitraries/table.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

describeStrategy(framedRows, tableText(40));
describeStrategy(repeatedLines, tableText(40));
describeSelection(tableRows, tableText(100));
