import type { AlertFiring, BudgetUpdate } from '../../events/event.ts';
import { BoundedMap } from '../../bounded-map.ts';
import { identifierOr } from '../identifiers.ts';
import type { Handlers } from '../listen.ts';
import { genAiProviderName } from '../provider-name.ts';
import { LabelSets, type CallLabelSets } from './label-sets.ts';
import type { LabelsOf } from './metrics.ts';
import { recordCall, startCall } from './record-call.ts';
import { recordCompression } from './record-compression.ts';
import type { Recorders } from './recorders.ts';

export { SKIP_REASONS, startAtZero } from './start-at-zero.ts';

/** Runs, calls and alerts that are counted as open at once; one more stops counting the oldest. */
const OPEN_LIMIT = 10_000;

/** The handlers that turn the events of one bus into samples; `close` ends what is still counted as open. */
export function createEventRecorder(record: Recorders): { readonly handlers: Handlers; close(): void } {
  const sets = new LabelSets();
  const openRuns = new BoundedMap<LabelsOf<'headroom_runs_active'>>(OPEN_LIMIT, closeRun);
  const openCalls = new BoundedMap<CallLabelSets>(OPEN_LIMIT, closeCall);
  // A budget that tells no groups apart tells of the same group in every call.
  const budgets = new WeakMap<BudgetUpdate['group'], Map<string, BudgetLabels>>();
  const firingAlerts = new BoundedMap<LabelsOf<'headroom_alerts_firing'>>(OPEN_LIMIT, closeAlert);

  function closeRun(labels: LabelsOf<'headroom_runs_active'>): void {
    record.headroom_runs_active(labels, -1);
  }

  function closeCall({ call }: CallLabelSets): void {
    record.headroom_model_calls_active(call, -1);
  }

  function closeAlert(labels: LabelsOf<'headroom_alerts_firing'>): void {
    record.headroom_alerts_firing(labels, -1);
  }

  function budgetLabels({ budget, group }: BudgetUpdate): BudgetLabels {
    const known = budgets.get(group) ?? new Map<string, BudgetLabels>();
    const labels = known.get(budget) ?? labelsOfBudget(budget, group);
    budgets.set(group, known.set(budget, labels));
    return labels;
  }

  const handlers: Handlers = {
    'run.start': ({ runId, agent }) => {
      if (runId === undefined || openRuns.has(runId)) return;
      const labels = sets.ofAgent(agent).agent;
      record.headroom_runs_active(labels, 1);
      openRuns.set(runId, labels);
    },
    'run.end': ({ runId, durationMs, modelCallCount, toolCallCount, outcome, errorType = '', ...event }) => {
      const open = runId === undefined ? undefined : openRuns.take(runId);
      if (open !== undefined) closeRun(open);
      const { agent, ended } = sets.ofAgent(event.agent);
      record.gen_ai_invoke_agent_duration_seconds(ended.get(outcome, errorType), durationMs / 1000);
      record.gen_ai_invoke_agent_inference_calls(agent, modelCallCount);
      record.gen_ai_invoke_agent_tool_calls(agent, toolCallCount);
    },
    'model.start': (event) => {
      const call = sets.ofCall(event);
      startCall(record, call);
      if (openCalls.has(event.callId)) return;
      record.headroom_model_calls_active(call.call, 1);
      openCalls.set(event.callId, call);
    },
    'model.end': (event) => {
      const open = openCalls.take(event.callId);
      if (open !== undefined) closeCall(open);
      recordCall(record, event, sets.ofCall(event));
    },
    'tool.start': undefined,
    'tool.end': ({ toolName, outcome, errorType = '', durationMs }) => {
      const labels = sets.toolEnds.get(toolName, '').get(outcome, errorType);
      record.gen_ai_execute_tool_duration_seconds(labels, durationMs / 1000);
    },
    'compression.end': (event) => {
      const { call, agent } = sets.ofCall(event);
      recordCompression(record, event, { sets, call, agent });
    },
    'retrieval.end': ({ outcome, tokens, agent }) => {
      record.headroom_retrievals_total({ outcome }, 1);
      record.headroom_retrieved_tokens_total(sets.ofAgent(agent).agent, tokens);
    },
    'alert.firing': (event) => {
      const labels = alertLabels(event);
      record.headroom_alerts_total({ ...labels, state: 'firing' }, 1);
      if (firingAlerts.has(event.alertId)) return;
      record.headroom_alerts_firing(labels, 1);
      firingAlerts.set(event.alertId, labels);
    },
    'alert.resolved': (event) => {
      record.headroom_alerts_total({ ...alertLabels(event), state: 'resolved' }, 1);
      const firing = firingAlerts.take(event.alertId);
      if (firing !== undefined) closeAlert(firing);
    },
    'budget.update': (event) => {
      if (event.limit > 0) record.headroom_budget_used_ratio(budgetLabels(event), event.used / event.limit);
    },
    fault: ({ where, eventType, destination, lostChanges }) => {
      record.headroom_faults_total({ where }, 1);
      if (where === 'listener') {
        record.headroom_listener_errors_total({ event: identifierOr('other', eventType ?? 'unknown') }, 1);
      }
      if (destination !== undefined && lostChanges !== undefined) {
        const labels = { destination: identifierOr('other', destination) };
        record.headroom_alert_delivery_failures_total(labels, lostChanges);
      }
    },
  };

  return {
    handlers,
    close() {
      for (const labels of openRuns.takeAll()) closeRun(labels);
      for (const call of openCalls.takeAll()) closeCall(call);
      for (const labels of firingAlerts.takeAll()) closeAlert(labels);
    },
  };
}

function alertLabels({ rule, severity }: Pick<AlertFiring, 'rule' | 'severity'>): LabelsOf<'headroom_alerts_firing'> {
  return { alertname: identifierOr('other', rule), severity };
}

type BudgetLabels = LabelsOf<'headroom_budget_used_ratio'>;

function labelsOfBudget(budget: string, group: BudgetUpdate['group']): BudgetLabels {
  const { agent = '', model = '', provider = '', tool = '' } = group;
  return {
    budget: identifierOr('other', budget),
    gen_ai_provider_name: provider === '' ? '' : genAiProviderName(provider),
    gen_ai_request_model: model,
    gen_ai_agent_name: agent,
    gen_ai_tool_name: tool,
  };
}
