import type { ModelEnd } from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { genAiProviderName } from '../provider-name.ts';
import type { LabelsOf } from './metrics.ts';

/** Label sets that are remembered at once; one more forgets all of them. */
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
  private size = 0;

  constructor(make: (first: string, second: string) => Value) {
    this.make = make;
  }

  get(first: string, second: string): Value {
    return this.values.get(first)?.get(second) ?? this.add(first, second);
  }

  private add(first: string, second: string): Value {
    const value = this.make(first, second);
    if (first.length > LONGEST_NAME || second.length > LONGEST_NAME) return value;
    if (this.size >= LIMIT) {
      this.values.clear();
      this.size = 0;
    }
    const row = this.values.get(first) ?? new Map<string, Value>();
    this.values.set(first, row.set(second, value));
    this.size += 1;
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

/** All labels that events of one bus have needed so far. */
export class LabelSets {
  readonly tools = new PairMap((tool, strategy) => ({
    gen_ai_tool_name: tool,
    headroom_compression_strategy: identifierOr('other', strategy),
  }));
  /** By tool, outcome and class of the error. */
  readonly toolEnds = new PairMap(
    (tool) => new PairMap((outcome, errorType) => ({ gen_ai_tool_name: tool, ...outcomeLabels(outcome, errorType) })),
  );
  private readonly agents = new PairMap(agentSets);
  private readonly calls = new PairMap(
    (provider, model) => new PairMap((agent) => callSets({ provider, model, agent })),
  );

  ofAgent(agent: string | undefined): AgentLabelSets {
    return this.agents.get(agent ?? 'unknown', '');
  }

  ofCall({ provider, model, agent }: Pick<ModelEnd, 'provider' | 'model' | 'agent'>): CallLabelSets {
    return this.calls.get(provider, model).get(agent ?? 'unknown', '');
  }
}

function agentSets(name: string): AgentLabelSets {
  const agent = { gen_ai_agent_name: name };
  return { agent, ended: new PairMap((outcome, type) => ({ ...agent, ...outcomeLabels(outcome, type) })) };
}

function callSets(names: { readonly provider: string; readonly model: string; readonly agent: string }): CallLabelSets {
  const agent = { gen_ai_agent_name: names.agent };
  const model = {
    gen_ai_operation_name: 'chat',
    gen_ai_provider_name: genAiProviderName(names.provider),
    gen_ai_request_model: names.model,
  };
  const call = { ...model, ...agent };
  return {
    call,
    model,
    usage: { ...call, gen_ai_token_modality: 'unknown' },
    agent,
    ended: new PairMap((outcome, type) => ({ ...call, ...outcomeLabels(outcome, type) })),
    isStarted: false,
  };
}

function outcomeLabels(outcome: string, errorType: string): { readonly headroom_outcome: string; error_type: string } {
  return { headroom_outcome: outcome, error_type: outcome === 'error' ? identifierOr('_OTHER', errorType) : '' };
}
