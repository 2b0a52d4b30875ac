import type { BenchmarkCase, ChatMessage } from './benchmark-case.ts';
import { serviceLogText } from './service-log.ts';
import { createRandom, SERVICES, times } from './words.ts';

/** An agent that polls a deployment and reads a log again and again, while little changes from one look to the next. */
export function agentConversation(): BenchmarkCase {
  const random = createRandom(29);
  const log = serviceLogText(420).split('\n');
  const messages: ChatMessage[] = [{ role: 'user', content: 'Watch the roll-out, and tell me what goes wrong.' }];
  const answer = (name: string, input: object, content: string): void => {
    const id = `call_${messages.length}`;
    const call = { id, type: 'function', function: { name, arguments: JSON.stringify(input) } };
    messages.push(
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: id, content },
    );
  };
  for (let turn = 0; turn < 12; turn++) {
    const pods = times(24, (index) => ({
      name: `${SERVICES[index % SERVICES.length] ?? ''}-${index}`,
      ready: index < turn * 2,
      restarts: index === 5 && turn > 6 ? turn : 0,
      cpu: `${random.integer(5, 900)}m`,
    }));
    answer('get_pods', { namespace: 'shop' }, JSON.stringify(pods));
    answer('tail_log', { lines: 200 }, log.slice(turn * 15, turn * 15 + 200).join('\n'));
  }
  messages.push({
    role: 'assistant',
    content: 'The labels disk is full: see the quota error, and payments-5 restarts.',
  });
  const needles = [{ text: 'disk quota exceeded', kind: 'used-later', before: messages.length - 1 }];
  return { name: 'roll-out', kind: 'conversation', messages, needles };
}
