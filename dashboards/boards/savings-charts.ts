import { chart } from '../build/panel.ts';
import { ratio } from '../build/promql.ts';
import { speed, speedBy } from '../build/selected.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { TOKENS_BEFORE, TOKENS_SAVED, TOKENS_SENT, perMinute } from './measures.ts';

/** What tool results came to, and what was sent of them. */
export function tokensBeforeAndAfter(title: string): ReturnType<typeof chart> {
  return chart({
    title,
    description:
      'Tokens of tool results a minute as they came and as they were sent. The space between is what is saved.',
    unit: 'short',
    targets: [
      { of: perMinute(speed(TOKENS_BEFORE)), legend: 'before' },
      { of: perMinute(speed(TOKENS_SENT)), legend: 'sent' },
    ],
  });
}

/** `hint` says where to look next. */
export function savingsRatioByAgent(hint: string): ReturnType<typeof chart> {
  return chart({
    title: 'Savings ratio by agent',
    description: `Saved tokens divided by tokens before. ${hint}`,
    unit: 'percentunit',
    max: 1,
    steps: [[THRESHOLDS.savingsRatio, 'orange']],
    targets: [
      {
        of: ratio(speedBy(['gen_ai_agent_name'], TOKENS_SAVED), speedBy(['gen_ai_agent_name'], TOKENS_BEFORE)),
        legend: '{{gen_ai_agent_name}}',
      },
    ],
  });
}
