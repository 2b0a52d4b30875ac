import { csvRows } from '../../src/compression/selection/csv-rows.ts';
import { csvColumns } from '../../src/compression/strategies/csv-columns.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { csvText } from '../property/arbitraries/csv.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

describeStrategy(csvColumns, csvText(60));
describeStrategy(repeatedLines, csvText(60));
describeSelection(csvRows, csvText(150));
