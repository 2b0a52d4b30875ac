/** Series as promtool reads them: a name with labels, and values a minute. */
export type InputSeries = Readonly<Record<string, string>>;

export const MODEL = 'job="shop", gen_ai_request_model="gpt"';
export const AGENT = 'job="shop", gen_ai_agent_name="clerk"';
export const TOOL = 'job="shop", gen_ai_tool_name="search"';
export const AGENT_AND_MODEL = `${AGENT}, gen_ai_request_model="gpt"`;
export const OK = 'headroom_outcome="ok"';
const ABORTED = 'headroom_outcome="aborted"';
export const FAILED = 'headroom_outcome="error", error_type="Overloaded"';
export const CALLS = 'gen_ai_client_inference_duration_seconds_count';
export const RUNS = 'gen_ai_invoke_agent_duration_seconds_count';
export const TOOL_CALLS = 'gen_ai_execute_tool_duration_seconds_count';

/** `good` and `bad` of them end a minute, on two instances, and as many again are aborted. */
export function ended(name: string, labels: string, { good, bad }: { readonly good: number; readonly bad: number }) {
  return {
    [`${name}{${labels}, ${OK}, instance="a"}`]: `0+${good}x200`,
    [`${name}{${labels}, ${FAILED}, instance="b"}`]: `0+${bad}x200`,
    [`${name}{${labels}, ${ABORTED}, instance="b"}`]: `0+${good}x200`,
  };
}

export function buckets(name: string, labels: string, counts: Readonly<Record<string, number>>): InputSeries {
  return Object.fromEntries(
    Object.entries(counts).map(([le, count]) => [`${name}_bucket{${labels}, le="${le}"}`, `0+${count}x200`]),
  );
}

export function savings(saved: number, input: number): InputSeries {
  return {
    [`headroom_compression_saved_tokens_total{${AGENT_AND_MODEL}, instance="a"}`]: `0+${saved}x200`,
    [`headroom_compression_input_tokens_total{${AGENT_AND_MODEL}, instance="a"}`]: `0+${input}x200`,
  };
}

/** 10,000 input tokens a minute, of which so many are read from the cache on the first day and on the second. */
export function cache(first: number, second: number, input = 10_000): InputSeries {
  const name = 'gen_ai_client_inference_usage';
  return {
    [`${name}_input_tokens_total{${MODEL}}`]: `0+${input}x1700`,
    [`${name}_cache_read_input_tokens_total{${MODEL}}`]: `0+${first}x1500 ${first * 1500 + second}+${second}x200`,
  };
}

export function unknownCosts(unknown: number, priced = true): InputSeries {
  return {
    [`headroom_cost_unknown_total{${MODEL}}`]: `0+${unknown}x200`,
    ...ended(CALLS, MODEL, { good: 50, bad: 50 }),
    ...(priced ? { 'headroom_cost_usd_total{job="shop", gen_ai_request_model="claude"}': '0+1x200' } : {}),
  };
}
