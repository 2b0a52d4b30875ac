import { expect, test } from 'vitest';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { AI_SDK_DRIVERS } from '../ai-sdk-drivers.ts';
import type { HostDriver } from '../host-driver.ts';
import { list, script } from '../host-rig.ts';
import { driversOf as agentsDrivers } from '../openai-agents/agents-drivers.ts';
import { AGENTS_VERSIONS } from '../openai-agents/agents-version.ts';
import { pluginDriver } from '../strands/strands-drivers.ts';
import { STRANDS_VERSIONS } from '../strands/strands-version.ts';
import { agentHooksDriver } from '../voltagent/voltagent-drivers.ts';
import { VOLTAGENT_VERSIONS } from '../voltagent/voltagent-version.ts';
import { driversOf as langChainDrivers } from '../langchain/langchain-drivers.ts';
import { LANGCHAIN_VERSIONS } from '../langchain/langchain-version.ts';
import { modelDriver as mastraModelDriver, processorDriver } from '../mastra/mastra-drivers.ts';
import { MASTRA_VERSIONS } from '../mastra/mastra-version.ts';
import { CLIENT_AGENTS } from '../raw-clients/client-agents.ts';
import { clientDriver } from '../raw-clients/client-drivers.ts';
import { scriptedProvider } from '../scripted-provider.ts';

/** Every way of every host, in every version. */
const DRIVERS: readonly HostDriver[] = [
  ...AI_SDK_DRIVERS,
  ...LANGCHAIN_VERSIONS.flatMap(langChainDrivers),
  ...MASTRA_VERSIONS.flatMap((version) => [processorDriver(version), mastraModelDriver(version)]),
  ...AGENTS_VERSIONS.flatMap(agentsDrivers),
  ...STRANDS_VERSIONS.map(pluginDriver),
  ...VOLTAGENT_VERSIONS.map(agentHooksDriver),
  ...CLIENT_AGENTS.map((agent) => clientDriver(agent, 'fetch')),
];

interface Work {
  readonly driver: HostDriver;
  readonly requests: number;
}

const WORK: readonly Work[] = DRIVERS.map((driver, index) => ({ driver, requests: 40 + 20 * index }));

/** Does all work at once, with one hooks object and one model. */
async function doAtOnce(work: readonly Work[], how: 'generate' | 'stream') {
  const hooks = createHeadroomHooks();
  const events = recordEvents(hooks.events);
  // The version that every host takes.
  const provider = scriptedProvider('v3', script);
  const model = new HeadroomModel(provider, { events: hooks.events });
  const agents = work.map(({ driver, requests }) => ({
    agent: driver.start({ provider, model, hooks, tools: { list } }),
    prompt: `list ${requests}`,
  }));
  const answers = await Promise.all(agents.map(async ({ agent, prompt }) => agent[how]({ prompt })));
  return {
    texts: answers.map(({ text }) => text),
    events,
    // Two calls, of which each tells how many requests it was asked for.
    ends: work.map(({ requests }) =>
      events.find((event) => event.type === 'run.end' && event.usage?.inputTokens === 100 + requests),
    ),
  };
}

test.each(['generate', 'stream'] as const)(
  '%s: all hosts at once, with one hooks object and one HeadroomModel, each get the numbers that they get alone',
  async (how) => {
    const { texts, events, ends } = await doAtOnce(WORK, how);

    expect(texts).toEqual(WORK.map(({ requests }) => `There are ${requests} requests.`));
    expect(events.filter(({ type }) => type === 'run.end')).toHaveLength(WORK.length);
    assertPaired(events);
    for (const [index, work] of WORK.entries()) {
      const alone = await doAtOnce([work], how);
      const [expected] = alone.ends;
      const { name } = work.driver;
      expect({ name, saved: savedIn(events, ends[index]?.runId) }).toEqual({ name, saved: savedIn(alone.events) });
      expect({ name, ...numbersOf(ends[index]) }).toEqual({ name, ...numbersOf(expected) });
      expect(expected).toMatchObject({ outcome: 'ok', modelCallCount: 2, parentRunId: undefined });
      expect(expected).toHaveProperty('savings.tokensSaved', savedIn(alone.events));
    }
  },
);

/** Tokens that the calls of a run saved; without one, all calls. */
function savedIn(events: readonly HeadroomEvent[], runId?: string): number {
  const own = events.filter((event) => event.type === 'compression.end' && (runId ?? event.runId) === event.runId);
  return own.reduce((sum, event) => sum + (event.type === 'compression.end' ? event.tokensSaved : 0), 0);
}

const NEW_IN_EVERY_RUN = new Set(['id', 'time', 'runId', 'durationMs']);

/** What an end tells, without what is new in every run. */
function numbersOf(end: HeadroomEvent | undefined): object {
  return Object.fromEntries(Object.entries(end ?? {}).filter(([name]) => !NEW_IN_EVERY_RUN.has(name)));
}
