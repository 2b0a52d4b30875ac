import { agentConversation } from './agent-conversation.ts';
import { type BenchmarkCase, casesOf } from './benchmark-case.ts';
import { ciLog } from './ci-log.ts';
import { jsonConfig, yamlConfig } from './configs.ts';
import { csvExport } from './csv-export.ts';
import { mcpEnvelope, shellEnvelope } from './envelopes.ts';
import { kubernetesPods } from './kubernetes-pods.ts';
import { fileListing, longListing } from './listings.ts';
import { markdownGuide } from './markdown-guide.ts';
import { ndjsonStream } from './ndjson-stream.ts';
import { orders } from './orders.ts';
import { searchHits } from './search-hits.ts';
import { serviceLog } from './service-log.ts';
import { sourceCode } from './source-code.ts';
import { stackTraces } from './stack-traces.ts';
import { processTable, queryTable } from './text-tables.ts';
import { unifiedDiff } from './unified-diff.ts';
import { webPage } from './web-page.ts';

/** Cases that come with the repository: made from seeds, the same in every run and on every machine. */
export function ownCases(): readonly BenchmarkCase[] {
  const outputs = [
    orders(),
    kubernetesPods(),
    serviceLog(),
    ciLog(),
    unifiedDiff(),
    searchHits(),
    csvExport(),
    processTable(),
    queryTable(),
    webPage(),
    markdownGuide(),
    stackTraces(),
    ...sourceCode(),
    fileListing(),
    longListing(),
    yamlConfig(),
    jsonConfig(),
    shellEnvelope(),
    mcpEnvelope(),
    ndjsonStream(),
  ];
  return [...outputs.flatMap(casesOf), agentConversation()];
}
