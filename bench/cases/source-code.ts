import { readFileSync } from 'node:fs';
import type { ToolOutput } from './benchmark-case.ts';

interface SourceFile {
  readonly path: string;
  readonly query: string;
  /** Lines that answer. */
  readonly needles: readonly string[];
}

/** Of the definition that is asked for, its signature and its callers. */
const FILES: readonly SourceFile[] = [
  {
    path: 'node_modules/ai/src/generate-text/generate-text.ts',
    query: 'What does executeTools do, and where is it called?',
    needles: ['async function executeTools<TOOLS extends ToolSet>({', 'await executeTools({'],
  },
  {
    path: 'node_modules/prom-client/lib/registry.js',
    query: 'How does getSingleMetric find a metric?',
    needles: ['getSingleMetric(name) {', 'return this._metrics[name];'],
  },
  {
    path: 'test/fixtures/code/orders.py.txt',
    query: 'How is shipping_cents computed?',
    needles: ['def shipping_cents(order: Order) -> int:'],
  },
  {
    path: 'test/fixtures/code/ledger.go.txt',
    query: 'What does validate check, and who calls it?',
    needles: ['func validate(entry Entry) error {', 'if err := validate(entry); err != nil {'],
  },
  {
    path: 'test/fixtures/code/queue.rs.txt',
    query: 'What happens in handle_failure?',
    needles: ['fn handle_failure(&mut self, mut waiting: Waiting, error: JobError, now: Instant) {'],
  },
  {
    path: 'test/fixtures/code/cache.cpp.txt',
    query: 'When does is_expired say so?',
    needles: ['bool is_expired(const Entry &entry) const {', 'const auto age = Clock::now() - entry.stored;'],
  },
  {
    path: 'test/fixtures/code/Inventory.java.txt',
    query: 'What is the signature of reserve?',
    needles: ['public Optional<Instant> reserve(String cart, String article, int pieces) {'],
  },
];

/** Files of installed packages, at the versions of the lock file, and of this repository, as an agent reads them. */
export function sourceCode(): readonly ToolOutput[] {
  return FILES.map(({ path, query, needles }) => ({
    name: path.replace(/^node_modules\/|^test\/fixtures\/code\//, '').replaceAll('/', '-'),
    kind: 'source-code',
    tool: 'read_file',
    arguments: { path },
    text: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'),
    questions: [{ query, needles: needles.map((text) => ({ text })) }],
  }));
}
