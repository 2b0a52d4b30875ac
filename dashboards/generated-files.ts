import { agentsAndHealth } from './boards/agents-and-health.ts';
import { compression } from './boards/compression.ts';
import { overview } from './boards/overview.ts';
import { tokensAndCost } from './boards/tokens-and-cost.ts';

/** What is generated, by the name of the file: the dashboards as JSON and the rules as YAML. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const dashboards = [overview, compression, tokensAndCost, agentsAndHealth];
  return new Map(
    dashboards.map((board) => [`${board.uid.replace(/^headroom-/, '')}.json`, `${JSON.stringify(board, null, 2)}\n`]),
  );
}
