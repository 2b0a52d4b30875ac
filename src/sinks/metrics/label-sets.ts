import type { ModelEnd } from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { genAiProviderName } from '../provider-name.ts';
import type { LabelsOf } from './metrics.ts';

/** Label sets of one bus that are remembered; one more forgets all of them. */
const LIMIT = 10_000;
/** A longer name is not remembered: whoever makes up such names makes up many. */
const LONGEST_NAME = 200;

/**
 * One value for each pair of names, made once and the same object from then on, so that whatever is known of it can be
 * found by identity. Asking for one that exists costs two look-ups.
 */
export class PairMap<Value> {
  private readonly values = new Map<string, Map<string, Value>>();
  private readonly make: (first: string, second: string) => Value;
  private readonly onMade: () => void;

  /** `onMade` is told of each value before it is remembered. */
  constructor(onMade: () => void, make: (first: string, second: string) => Value) {
    this.onMade = onMade;
    this.make = make;
  }

  get(first: string, second: string): Value {
    return this.values.get(first)?.get(second) ?? this.add(first, second);
  }

  clear(): void {
    this.values.clear();
  }

  private add(first: string, second: string): Value {
    const value = this.make(first, second);
    if (first.length > LONGEST_NAME || second.length > LONGEST_NAME) return value;
    this.onMade();
    const row = this.values.get(first) ?? new Map<string, Value>();
    this.values.set(first, row.set(second, value));
    return value;
  }
}

type AgentLabels = LabelsOf<'headroom_runs_active'>;
type OutcomeLabels = LabelsOf<'gen_ai_invoke_agent_duration_seconds'>;

/** The labels of one agent. */
export interface AgentLabelSets {
  readonly agent: AgentLabels;
  /** By outcome and class of the error. */
  readonly ended: PairMap<OutcomeLabels>;
}

/** The labels of one agent's calls of one model. */
export interface CallLabelSets {
  readonly call: LabelsOf<'headroom_cost_usd_total'>;
  readonly model: LabelsOf<'headroom_cost_unknown_total'>;
  readonly usage: LabelsOf<'gen_ai_client_inference_usage_input_tokens_total'>;
  readonly agent: AgentLabels;
  /** By outcome and class of the error. */
  readonly ended: PairMap<LabelsOf<'gen_ai_client_inference_duration_seconds'>>;
  /** Whether its counters were started. */
  isStarted: boolean;
}

/** All labels that events of one bus have needed lately. */
export class LabelSets {
  /** How many are remembered. */
  size = 0;
  private readonly onMade = (): void => {
    if (this.size >= LIMIT) this.forget();
    this.size += 1;
  };
  readonly tools = new PairMap(this.onMade, (tool, strategy) => ({
    gen_ai_tool_name: tool,
    headroom_compression_strategy: identifierOr('other', strategy),
  }));
  /** By tool, outcome and class of the error. */
  readonly toolEnds = new PairMap(this.onMade, (tool) => this.ended({ gen_ai_tool_name: tool }));
  private readonly agents = new PairMap(this.onMade, (name): AgentLabelSets => {
    const agent = { gen_ai_agent_name: name };
    return { agent, ended: this.ended(agent) };
  });
  private readonly calls = new PairMap(
    this.onMade,
    (provider, model) => new PairMap(this.onMade, (agent) => this.callSets({ provider, model, agent })),
  );

  ofAgent(agent: string | undefined): AgentLabelSets {
    return this.agents.get(agent ?? 'unknown', '');
  }

  ofCall({ provider, model, agent }: Pick<ModelEnd, 'provider' | 'model' | 'agent'>): CallLabelSets {
    return this.calls.get(provider, model).get(agent ?? 'unknown', '');
  }

  private callSets(names: {
    readonly provider: string;
    readonly model: string;
    readonly agent: string;
  }): CallLabelSets {
    const agent = { gen_ai_agent_name: names.agent };
    const model = {
      gen_ai_operation_name: 'chat',
      gen_ai_provider_name: genAiProviderName(names.provider),
      gen_ai_request_model: names.model,
    };
    const call = { ...model, ...agent };
    const usage = { ...call, gen_ai_token_modality: 'unknown' };
    return { call, model, usage, agent, ended: this.ended(call), isStarted: false };
  }

  /** The same labels by outcome and class of the error, which is empty unless the outcome is an error. */
  private ended<Labels extends object>(
    labels: Labels,
  ): PairMap<Labels & { readonly headroom_outcome: string; readonly error_type: string }> {
    return new PairMap(this.onMade, (outcome, errorType) => ({
      ...labels,
      headroom_outcome: outcome,
      error_type: outcome === 'error' ? identifierOr('_OTHER', errorType) : '',
    }));
  }

  private forget(): void {
    for (const map of [this.tools, this.toolEnds, this.agents, this.calls]) map.clear();
    this.size = 0;
  }
}
