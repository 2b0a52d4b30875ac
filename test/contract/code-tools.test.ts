import { commitLines } from '../../src/compression/selection/commit-lines.ts';
import { diffHunks } from '../../src/compression/selection/diff-hunks.ts';
import { listingLines } from '../../src/compression/selection/listing-lines.ts';
import { searchHits } from '../../src/compression/selection/search-hits.ts';
import { groupedHits } from '../../src/compression/strategies/grouped-hits.ts';
import { groupedPaths } from '../../src/compression/strategies/grouped-paths.ts';
import { indentedTree } from '../../src/compression/strategies/indented-tree.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { sortedSymbols } from '../../src/compression/strategies/sorted-symbols.ts';
import {
  codeToolText,
  commitsText,
  diffText,
  pathsText,
  searchText,
  symbolText,
  treeText,
} from '../property/arbitraries/code-tools.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

describeStrategy(groupedHits, searchText(60));
describeStrategy(sortedSymbols, symbolText);
describeStrategy(groupedPaths, pathsText(300));
describeStrategy(indentedTree, treeText());
describeStrategy(repeatedLines, codeToolText);
describeSelection(searchHits, searchText());
describeSelection(listingLines, pathsText());
describeSelection(commitLines, commitsText());
describeSelection(diffHunks, diffText());
