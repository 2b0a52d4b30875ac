import { familyOf } from '../../compression/optimize-messages.ts';
import type { EngineSettings } from '../../compression/options.ts';
import { compileToolRules } from '../../compression/tool-rules.ts';
import type { CompressionDecision } from '../../events/event.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { ENGINE_FAULTS } from '../../model/model-call.ts';
import { limitWaiting } from '../../retrieval/limit-waiting.ts';
import {
  createRetrieveTool,
  RETRIEVE_TOOL_DESCRIPTION,
  RETRIEVE_TOOL_NAME,
  retrieveToolJsonSchema,
  type RetrieveTool,
} from '../../retrieval/retrieve-tool.ts';
import { compressWith, sharedMemo, type CompressedToolResult } from './compress-tool-result.ts';
import type { McpWiring, ToolCall } from './mcp-wiring.ts';
import { isFields } from './sdk-shapes.ts';
import { tellOfTool } from './tell-of-tool.ts';

export interface CallContext {
  readonly signal: AbortSignal | undefined;
  /** Whether nobody else tells of this call. */
  readonly tellsOfTool: boolean;
}

/** The tools of one server as one client sees them: their results in fewer tokens, and `headroom_retrieve` beside them. */
export class ToolSession {
  private readonly wiring: McpWiring;
  private readonly settings: EngineSettings;
  private readonly retrieveTool: RetrieveTool | undefined;
  private hasToldOfName = false;

  constructor(wiring: McpWiring) {
    const { options, store, scope, events, clock } = wiring;
    const { loss = 'none', mode = 'optimize' } = options;
    this.wiring = wiring;
    this.settings = {
      loss,
      store: limitWaiting(store),
      scope,
      toolRules: compileToolRules(options.tools),
      mode,
      limits: options,
      // Who sends on what is returned here may drop it later, and keep what refers to it.
      references: false,
      signal: undefined,
    };
    if (loss === 'recoverable' && mode === 'optimize') {
      this.retrieveTool = createRetrieveTool({ store, scope, events, clock, run: currentRun });
    }
  }

  /**
   * A page of the list of tools, with `headroom_retrieve` at the end of the first one where something may be left out: not
   * every host asks for more pages. `params` is what the page was asked for with.
   */
  listed<Page>(page: Page, params: unknown): Page {
    if (this.retrieveTool === undefined || !isFields(page) || !Array.isArray(page['tools'])) return page;
    const tools = page['tools'] as readonly unknown[];
    const others = tools.filter((tool) => !isFields(tool) || tool['name'] !== RETRIEVE_TOOL_NAME);
    if (others.length < tools.length) this.tellOfName();
    const isFirst = !isFields(params) || params['cursor'] === undefined;
    return { ...page, tools: isFirst ? [...others, RETRIEVE_TOOL] : others };
  }

  /**
   * The result of a call in fewer tokens. `forward` calls the tool, and what it rejects with is passed on; a call of
   * `headroom_retrieve` is answered here where it is offered.
   */
  async call<Result>(call: ToolCall, forward: () => Promise<Result>, context: CallContext): Promise<Result> {
    const { retrieveTool } = this;
    const isRetrieval = retrieveTool !== undefined && call.name === RETRIEVE_TOOL_NAME;
    const execute = isRetrieval ? () => answer<Result>(retrieveTool, call.arguments) : forward;
    const toolCallId = this.wiring.ids('tool');
    const result = context.tellsOfTool
      ? await tellOfTool(this.wiring, { ...call, toolCallId, signal: context.signal }, execute)
      : await execute();
    return this.settings.mode === 'off' ? result : this.compress(result, { ...call, toolCallId }, context);
  }

  private async compress<Result>(
    result: Result,
    call: ToolCall & { readonly toolCallId: string },
    { signal }: CallContext,
  ): Promise<Result> {
    const { clock, options, events } = this.wiring;
    const startMs = clock.monotonicMs();
    const { name: toolName, arguments: input, toolCallId } = call;
    const compressed = await compressWith(
      result,
      { toolName, input, toolCallId, query: this.queryOf(call) },
      {
        settings: { ...this.settings, signal },
        family: familyOf(options),
        memo: sharedMemo,
        onFault: (where, _name, error) =>
          events.fault(where, ENGINE_FAULTS[where], error, { runId: currentRun()?.runId }),
      },
    );
    this.report(compressed, clock.monotonicMs() - startMs);
    return compressed.result;
  }

  private queryOf({ name, arguments: input }: ToolCall): string | undefined {
    try {
      const query: unknown = this.wiring.options.query?.({ name, arguments: input });
      return typeof query === 'string' ? query : undefined;
    } catch (error) {
      this.wiring.events.fault('call-options', 'The query of a tool call could not be told.', error);
      return undefined;
    }
  }

  private report({ metrics, decisions }: CompressedToolResult<unknown>, durationMs: number): void {
    if (decisions.length === 0) return;
    const { events, ids, ledger, clock, options } = this.wiring;
    const { mode, loss } = this.settings;
    const { tokensBefore, tokensAfter, tokensSaved } = metrics;
    const run = currentRun();
    const about = { callId: ids('call'), model: options.model ?? 'unknown' };
    if (mode === 'optimize') ledger.record({ ...metrics, ...about, runId: run?.runId, time: clock.now() });
    events.emit('compression.end', () => ({
      ...run,
      ...about,
      provider: options.provider ?? 'mcp',
      mode,
      loss,
      isRetry: false,
      tokensBefore,
      tokensAfter,
      tokensSaved,
      decisions: decisions.map(({ rewriting: _rewriting, ...decision }): CompressionDecision => decision),
      durationMs,
    }));
  }

  private tellOfName(): void {
    if (this.hasToldOfName) return;
    this.hasToldOfName = true;
    const message = 'The server has a tool named headroom_retrieve itself, which is hidden by the one for its results.';
    this.wiring.events.fault('call-options', message, undefined);
  }
}

/** As the protocol has tools. A tool that only reads may be called without asking anybody. */
const RETRIEVE_TOOL = {
  name: RETRIEVE_TOOL_NAME,
  description: `${RETRIEVE_TOOL_DESCRIPTION} It knows the results of this server's tools.`,
  inputSchema: retrieveToolJsonSchema(),
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
};

async function answer<Result>({ execute }: RetrieveTool, input: unknown): Promise<Result> {
  const text = await execute(input as never);
  return { content: [{ type: 'text', text }] } as Result;
}
