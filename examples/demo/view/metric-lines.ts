import { cut, type Screen } from './screen.ts';

const SHOWN = [
  'headroom_compression_saved_tokens_total',
  'gen_ai_client_inference_usage_input_tokens_total',
  'gen_ai_client_inference_usage_cache_read_input_tokens_total',
  'headroom_retrievals_total',
  'headroom_alerts_total',
] as const;

/** Some lines of a Prometheus text: the counters that the run moved, one line each, their labels cut to the screen. */
export function pickMetricLines(text: string, screen: Screen): readonly string[] {
  const lines = text.split('\n');
  return SHOWN.flatMap((name) => lines.filter((line) => line.startsWith(`${name}{`) && !line.endsWith(' 0'))).map(
    (line) => {
      const value = line.slice(line.lastIndexOf(' '));
      return `  ${cut(line.slice(0, -value.length), screen.columns - value.length - 2)}${value}`;
    },
  );
}
