import { once } from 'node:events';
import { createHeadroomHooks, HeadroomModel, type HeadroomEvent } from 'headroom-hooks';
import { Agent } from 'headroom-hooks/ai-sdk';
import { createPrometheusSink } from 'headroom-hooks/prometheus';
import { readCliOptions, USAGE, type CliOptions } from './cli-options.ts';
import { EndpointError, openEndpoint, type Endpoint } from './endpoint.ts';
import { explainError } from './explain-error.ts';
import { INSTRUCTIONS, QUESTION, tools } from './incident/tools.ts';
import { startMetricsServer } from './metrics-server.ts';
import { recordRequests, type RequestRecorder } from './request-recorder.ts';
import { pickMetricLines } from './view/metric-lines.ts';
import { reportRun } from './view/run-report.ts';
import { RunView } from './view/run-view.ts';
import { paint, processScreen } from './view/screen.ts';
import { formatSummary } from './view/summary.ts';
import { WordFlow } from './view/word-flow.ts';

const screen = processScreen();
// A reader such as `head` has seen enough.
process.stdout.once('error', () => process.exit());

/** Shows the demo and returns the exit code: 130 when it was interrupted, 1 when the model could not be asked. */
async function showDemo(options: CliOptions): Promise<number> {
  const requests = recordRequests();
  const endpoint = await openEndpoint({
    environment: process.env,
    fetch: requests.fetch,
    isWatched: process.stdout.isTTY,
  });
  try {
    return await investigate(endpoint, requests, options);
  } finally {
    await endpoint.close();
  }
}

async function investigate(endpoint: Endpoint, requests: RequestRecorder, { serve }: CliOptions): Promise<number> {
  const view = new RunView(screen);
  const prometheus = createPrometheusSink();

  const hooks = createHeadroomHooks({
    tokenAlertThreshold: 20_000,
    onAlert: (alert) => view.hear(alert),
    sinks: [prometheus],
  });
  const { preHook, postHook, events } = hooks;
  const model = new HeadroomModel(endpoint.model, { events });
  const agent = new Agent({
    model,
    tools,
    instructions: INSTRUCTIONS,
    preHooks: [preHook],
    postHooks: [postHook],
    maxRetries: 1,
    // The error arrives in the stream as well, and is told there.
    onError: () => {},
  });

  const heard: HeadroomEvent[] = [];
  events.onAny((event) => {
    heard.push(event);
  });
  events.on('compression.end', (event) => view.hear(event));
  events.on('fault', (event) => view.hear(event));

  showIntroduction(endpoint);
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const failure = await watch(async () => agent.stream({ prompt: QUESTION, abortSignal: interrupt.signal }), view);
  process.off('SIGINT', onInterrupt);
  const { aborted } = interrupt.signal;
  await hooks.close();
  if (failure !== undefined && !aborted) {
    console.error(explainError(failure, endpoint));
    return 1;
  }

  const savings = model.getSavingsSummary();
  const prefixes = requests.comparePrefixes();
  screen.write(`\n${formatSummary(screen, { report: reportRun(heard), savings, prefixes })}`);
  await showMetrics(prometheus, serve && !aborted);
  return aborted ? 130 : 0;
}

/** Shows what the agent streams, to its end, and returns the error that ended it early. */
async function watch(
  start: () => Promise<{ readonly stream: AsyncIterable<{ readonly type: string }> }>,
  view: RunView,
): Promise<unknown> {
  let failure: unknown;
  try {
    const { stream } = await start();
    for await (const part of stream) {
      if (part.type === 'error' && 'error' in part) failure ??= part.error;
      view.read(part);
    }
  } catch (error) {
    failure ??= error;
  }
  view.flush();
  return failure;
}

function showIntroduction({ description }: Endpoint): void {
  screen.write(`${paint(screen, 'heading', 'headroom-hooks: an agent investigates an incident')}\n`);
  const words = new WordFlow(screen, '');
  words.write(`${description}\n\n> ${QUESTION}\n\n`);
}

async function showMetrics(prometheus: ReturnType<typeof createPrometheusSink>, keepServing: boolean): Promise<void> {
  const server = await startMetricsServer(prometheus);
  const response = await fetch(server.url);
  const lines = pickMetricLines(await response.text(), screen);
  screen.write(`\n${paint(screen, 'heading', `Prometheus metrics, from ${server.url}`)}\n${lines.join('\n')}\n`);
  if (keepServing) {
    const interrupted = once(process, 'SIGINT');
    screen.write('\nServing them until Ctrl-C.\n');
    await interrupted;
  }
  await server.close();
}

try {
  const options = readCliOptions(process.argv.slice(2));
  if (options.help) {
    screen.write(USAGE);
  } else {
    process.exitCode = await showDemo(options);
  }
} catch (error) {
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof EndpointError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
