import { describe, expect, it } from 'vitest';
import { assertPaired, restore } from '../../../src/testing.ts';
import { compressToolResult } from '../../../src/adapters/mcp.ts';
import { createHeadroomHooks, type RetrievalStore } from '../../../src/index.ts';
import { until } from '../until.ts';
import {
  allTools,
  closeAfterEach,
  connectAlone,
  DRIVER_NAMES,
  firstText,
  PLACES,
  type McpRig,
  type Place,
} from './mcp-rig.ts';
import { SDK_VERSIONS } from './sdk-versions.ts';
import { FAILED_RESULT, LOG_TEXT, MIXED_RESULT, ROWS_TEXT, STRUCTURED } from './service-tools.ts';

closeAfterEach();

const down: RetrievalStore = {
  put: () => Promise.reject(new Error('The store is down.')),
  get: () => Promise.reject(new Error('The store is down.')),
  delete: () => Promise.reject(new Error('The store is down.')),
};

const CASES = SDK_VERSIONS.flatMap((version) =>
  (Object.keys(PLACES) as Place[]).map((place) => ({
    version,
    place,
    title: `${DRIVER_NAMES[place]} in ${version.name}`,
  })),
);

for (const { version, place, title } of CASES) {
  const connect = PLACES[place];

  describe(`An agent with ${title}`, { meta: { testedHost: version.host, driver: title } }, () => {
    it(`${place}: gives the text of a result in fewer tokens, and tells of it`, async () => {
      const { client, headroom, events } = await connect(version);
      const text = firstText(await client.callTool({ name: 'list_requests', arguments: { limit: 80 } }));
      const { decisions } = await compressToolResult({ content: [{ type: 'text', text: ROWS_TEXT }] });
      expect(text.length).toBeLessThan(ROWS_TEXT.length * 0.5);
      expect(JSON.parse(await restore(text, decisions[0]))).toEqual(JSON.parse(ROWS_TEXT));
      expect(events.map(({ type }) => type)).toEqual(['tool.start', 'tool.end', 'compression.end']);
      expect(events[1]).toMatchObject({ toolName: 'list_requests', outcome: 'ok', endedBy: 'host' });
      expect(events[2]).toMatchObject({ loss: 'none', mode: 'optimize', provider: 'mcp', model: 'unknown' });
      expect(headroom.totalTokensSaved).toBeGreaterThan(0);
      expect(headroom.getSavingsSummary().totalRequests).toBe(1);
      assertPaired(events);
    });

    it(`${place}: leaves all but the texts for the model as it came`, async () => {
      const { client } = await connect(version);
      const seen = await client.callTool({ name: 'mixed' });
      const { content, ...rest } = (await (
        await connectAlone(version)
      ).client.callTool({ name: 'mixed' })) as unknown as {
        readonly content: readonly object[];
      };
      const [text] = seen.content as readonly { readonly text: string }[];
      expect(text?.text.length).toBeLessThan(ROWS_TEXT.length * 0.5);
      expect(seen).toEqual({ ...rest, content: [{ ...content[0], text: text?.text }, ...content.slice(1)] });
      expect(JSON.stringify(seen.content)).toContain(JSON.stringify(MIXED_RESULT.content[1]));
    });

    it(`${place}: leaves structured content as it came, which the client checks by the schema of the tool`, async () => {
      const { client } = await connect(version);
      expect((await client.listTools()).tools.find(({ name }) => name === 'report')?.outputSchema).toBeDefined();
      const result = await client.callTool({ name: 'report' });
      expect(JSON.stringify(result.structuredContent)).toBe(JSON.stringify(STRUCTURED));
      expect(firstText(result).length).toBeLessThan(ROWS_TEXT.length * 0.5);
    });

    it(`${place}: leaves the result of a tool that failed as it is, and tells that it failed`, async () => {
      const { client, events, headroom } = await connect(version, { loss: 'recoverable' });
      expect(await client.callTool({ name: 'fail' })).toEqual(FAILED_RESULT);
      expect(events.find(({ type }) => type === 'tool.end')).toMatchObject({
        outcome: 'error',
        errorType: 'tool_error',
      });
      expect(events.find(({ type }) => type === 'compression.end')).toMatchObject({
        decisions: [{ reason: 'error-result' }],
      });
      expect(headroom.totalTokensSaved).toBe(0);
    });

    it(`${place}: passes on an error of the protocol as without it`, async () => {
      const { client, events } = await connect(version);
      const alone = await (
        await connectAlone(version)
      ).client
        .callTool({ name: 'refuse' })
        .catch((error: unknown) => error);
      const seen = await client.callTool({ name: 'refuse' }).catch((error: unknown) => error);
      expect(seen).toBeInstanceOf(version.types.McpError);
      expect(facts(seen)).toEqual(facts(alone));
      expect(facts(seen)).toMatchObject({ code: -32_099, message: expect.stringContaining('Not today.') as string });
      expect(events.find(({ type }) => type === 'tool.end')).toMatchObject({ outcome: 'error', errorType: '-32099' });
      assertPaired(events);
    });

    it(`${place}: cancels a call at the server when its caller gives up`, async () => {
      const { client, heard, events } = await connect(version);
      const controller = new AbortController();
      const call = client.callTool({ name: 'wait' }, undefined, { signal: controller.signal });
      await until(() => heard.calls.length === 1);
      controller.abort('Enough.');
      await expect(call).rejects.toThrow(/Enough/);
      await until(() => heard.cancelled.length === 1 && events.some(({ type }) => type === 'tool.end'));
      expect(events.find(({ type }) => type === 'tool.end')).toMatchObject({ outcome: 'aborted' });
      assertPaired(events);
    });

    it(`${place}: passes on progress, and what a caller says in _meta`, async () => {
      const { client, heard } = await connect(version);
      const progress: unknown[] = [];
      const onprogress = (step: unknown): void => void progress.push(step);
      const params = { name: 'progress', arguments: { a: 1 }, _meta: { 'example.com/id': 'x' } };
      await client.callTool(params, undefined, { onprogress });
      expect(progress).toEqual([1, 2, 3].map((step) => ({ progress: step, total: 3, message: `Step ${step}` })));
      expect(heard.calls[0]).toMatchObject({ arguments: { a: 1 }, _meta: { 'example.com/id': 'x' } });
    });

    it(`${place}: offers nothing and leaves nothing out unless it was told to`, async () => {
      const { client } = await connect(version);
      const alone = await connectAlone(version);
      expect(await allTools(client)).toEqual(await allTools(alone.client));
      expect(firstText(await client.callTool({ name: 'read_log' }))).not.toContain('headroom_retrieve');
    });

    it(`${place}: leaves out what can be asked for by the tool that it lists, which answers with the exact text`, async () => {
      const rig = await connect(version, { loss: 'recoverable' });
      const tools = await allTools(rig.client);
      expect(tools.filter(({ name }) => name === 'headroom_retrieve')).toHaveLength(1);
      expect((await rig.client.listTools()).tools.at(-1)?.name).toBe('headroom_retrieve');
      const id = await readNotice(rig);
      const whole = await rig.client.callTool({ name: 'headroom_retrieve', arguments: { id } });
      expect(firstText(whole)).toBe(LOG_TEXT);
      const lines = await rig.client.callTool({ name: 'headroom_retrieve', arguments: { id, lines: '700-705' } });
      expect(firstText(lines)).toContain(LOG_TEXT.split('\n').slice(699, 705).join('\n'));
      expect(await rig.headroom.store.get(id, rig.headroom.scope)).toEqual({ status: 'found', text: LOG_TEXT });
      expect(rig.heard.calls.map(({ name }) => name)).toEqual(['read_log']);
      expect(rig.events.filter(({ type }) => type === 'retrieval.end')).toMatchObject([
        { outcome: 'found' },
        { outcome: 'found' },
      ]);
      assertPaired(rig.events);
    });

    it(`${place}: answers what makes no sense with a text, and an id of another session as unknown`, async () => {
      const one = await connect(version, { loss: 'recoverable' });
      const id = await readNotice(one);
      const other = await connect(version, { hooks: one.hooks, loss: 'recoverable' });
      const answers = await Promise.all(
        [{ id }, { id: 12 }, {}, undefined].map((input) =>
          other.client.callTool({ name: 'headroom_retrieve', ...(input === undefined ? {} : { arguments: input }) }),
        ),
      );
      expect(firstText(answers[0])).toContain('There is no original with id');
      for (const answer of answers) expect(firstText(answer)).not.toContain(LOG_TEXT.slice(0, 200));
      expect(firstText(await one.client.callTool({ name: 'headroom_retrieve', arguments: { id } }))).toContain('INFO');
    });

    it(`${place}: gives the same text for the same result, whatever came before it`, async () => {
      const call = async ({ client }: McpRig, name: string): Promise<string> =>
        firstText(await client.callTool({ name }));
      const one = await connect(version, { loss: 'recoverable' });
      const other = await connect(version, { loss: 'recoverable' });
      const first = [await call(one, 'read_log'), await call(one, 'list_requests'), await call(one, 'read_log')];
      const second = [await call(other, 'list_requests'), await call(other, 'read_log')];
      expect(first[2]).toBe(first[0]);
      expect(second).toEqual([first[1], first[0]]);
      const { content } = await one.client.callTool({ name: 'twice' });
      expect(content).toEqual([first[1], first[1]].map((text) => ({ type: 'text', text })));
    });

    it(`${place}: tells parallel calls and parallel sessions apart`, async () => {
      const sessions = await Promise.all(Array.from({ length: 4 }, () => connect(version, { loss: 'recoverable' })));
      const names = ['list_requests', 'read_log', 'report'];
      const results = await Promise.all(
        sessions.map(({ client }) =>
          Promise.all(names.map(async (name) => firstText(await client.callTool({ name })))),
        ),
      );
      expect(new Set(results.map((texts) => JSON.stringify(texts))).size).toBe(1);
      for (const { events, headroom } of sessions) {
        expect(events.filter(({ type }) => type === 'compression.end')).toHaveLength(3);
        expect(headroom.getSavingsSummary().totalRequests).toBe(3);
        assertPaired(events);
      }
      expect(new Set(sessions.map(({ headroom }) => headroom.scope)).size).toBe(4);
    });

    it('listeners that throw and a store that is down are nothing to the agent', async () => {
      const { client, hooks, events } = await connect(version, {
        hooks: createHeadroomHooks({ store: down }),
        loss: 'recoverable',
      });
      hooks.events.onAny(() => {
        throw new Error('A listener that throws.');
      });
      hooks.events.onAny(() => Promise.reject(new Error('A listener that rejects.')));
      const text = firstText(await client.callTool({ name: 'read_log' }));
      expect(text).not.toContain('headroom_retrieve');
      const { decisions } = await compressToolResult({ content: [{ type: 'text', text: LOG_TEXT }] });
      expect(await restore(text, decisions[0])).toBe(LOG_TEXT);
      const answer = await client.callTool({ name: 'headroom_retrieve', arguments: { id: 'abc' } });
      expect(firstText(answer)).toContain('The store of originals could not be read');
      expect(events.filter((event) => event.type === 'fault' && event.where === 'store')).not.toEqual([]);
    });

    it(`${place}: says no word of what tools were asked and what they answered`, async () => {
      const { client, events } = await connect(version, { loss: 'recoverable' });
      await client.callTool({ name: 'list_requests', arguments: { about: 'canary-argument' } });
      await client.callTool({ name: 'fail' });
      await client.callTool({ name: 'refuse' }).catch(() => undefined);
      const told = JSON.stringify(events);
      for (const word of ['canary-argument', 'checkout', 'catalogue', 'Not today']) expect(told).not.toContain(word);
    });

    it(`${place}: measures and changes nothing with audit, and does nothing when it is off`, async () => {
      const audit = await connect(version, { mode: 'audit', loss: 'recoverable' });
      expect(firstText(await audit.client.callTool({ name: 'list_requests' }))).toBe(ROWS_TEXT);
      expect(audit.headroom.totalTokensSaved).toBe(0);
      const measured = audit.events.find((event) => event.type === 'compression.end');
      expect(measured?.tokensSaved).toBeGreaterThan(0);
      expect((await allTools(audit.client)).map(({ name }) => name)).not.toContain('headroom_retrieve');
      const off = await connect(version, { mode: 'off' });
      expect(firstText(await off.client.callTool({ name: 'list_requests' }))).toBe(ROWS_TEXT);
      expect(off.events.map(({ type }) => type)).toEqual(['tool.start', 'tool.end']);
    });
  });

  async function readNotice({ client }: McpRig): Promise<string> {
    const text = firstText(await client.callTool({ name: 'read_log' }));
    expect(text.length).toBeLessThan(LOG_TEXT.length * 0.3);
    const [, id] = /headroom_retrieve with id "([0-9a-f]+)"/.exec(text) ?? [];
    if (id === undefined) throw new Error(`There is no notice in: ${text.slice(-400)}`);
    return id;
  }
}

function facts(error: unknown): unknown {
  const { code, message, data } = error as { readonly code: unknown; readonly message: string; readonly data: unknown };
  return { code, message, data };
}
