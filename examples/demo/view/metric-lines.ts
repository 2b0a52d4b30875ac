import { cut, type Screen } from './screen.ts';

const SHOWN = [
  'headroom_tool_results_saved_tokens_total',
  'gen_ai_client_inference_usage_input_tokens_total',
  'gen_ai_client_inference_usage_cache_read_input_tokens_total',
  'headroom_retrievals_total',
  'headroom_alerts_total',
] as const;

interface Sample {
  /** As `name="value"`. */
  readonly labels: readonly string[];
  readonly value: string;
}

/**
 * Some metrics of a Prometheus text: the counters that the run moved. Each is a line with its name, and one for each
 * sample with the labels that tell it from the others.
 */
export function pickMetricLines(text: string, screen: Screen): readonly string[] {
  return SHOWN.flatMap((name) => {
    const samples = readSamples(text, name).filter(({ value }) => value !== '0');
    return samples.length === 0
      ? []
      : [`  ${name}`, ...samples.map((sample) => cut(formatSample(sample, samples), screen.columns))];
  });
}

function formatSample({ labels, value }: Sample, samples: readonly Sample[]): string {
  const distinguishing = labels.filter((label) => !samples.every((other) => other.labels.includes(label)));
  return `${value.padStart(12)}  ${distinguishing.join(' ')}`.trimEnd();
}

/** Labels of ours hold no comma and no quote: names of tools, models, strategies and outcomes. */
function readSamples(text: string, name: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .map((line) => {
      const end = line.lastIndexOf('}');
      return { labels: line.slice(name.length + 1, end).split(','), value: line.slice(end + 2) };
    });
}
