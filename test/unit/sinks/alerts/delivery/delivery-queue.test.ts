import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeliveryQueue } from '../../../../../src/sinks/alerts/delivery/delivery-queue.ts';
import type { AlertNotice } from '../../../../../src/sinks/alerts/index.ts';
import { firing, notice, resolved } from './notices.ts';

const ids = (notices: readonly AlertNotice[]) =>
  notices.map(({ alert, isRepeat }) => `${alert.alertId}${isRepeat ? '*' : ''}`);
const of = (alertId: string, isRepeat = false) => notice(firing({ alertId }), isRepeat);
const oneKey = () => '';

test('a full queue drops the oldest repeat, then a repeat that comes, and a change only when there is nothing else', () => {
  const queue = new DeliveryQueue(3);
  for (const one of [of('a'), of('b', true), of('c', true)]) expect(queue.add(one)).toBeUndefined();
  expect(queue.add(of('d'))).toEqual({ kind: 'repeat' });
  expect(queue.add(of('e', true))).toEqual({ kind: 'repeat' });
  expect(queue.add(of('f'))).toEqual({ kind: 'repeat' });
  expect(queue.add(of('g', true))).toEqual({ kind: 'repeat' });
  expect(queue.add(of('h'))).toEqual({ kind: 'change' });
  expect(ids(queue.takeAll())).toEqual(['d', 'f', 'h']);
});

test('a batch is of one key, has each alert once, and keeps the order', () => {
  const queue = new DeliveryQueue(10);
  for (const alertId of ['x:1', 'x:2', 'y:1', 'y:2']) queue.add(notice(firing({ rule: alertId.slice(0, 1), alertId })));
  queue.add(notice(resolved({ rule: 'y', alertId: 'y:2' })));
  queue.add(notice(firing({ rule: 'y', alertId: 'y:3' })));
  const byRule = ({ alert }: AlertNotice) => alert.rule;
  const batches = Array.from({ length: 4 }, () => ids(queue.takeBatch(10, byRule)));
  expect(batches).toEqual([['x:1', 'x:2'], ['y:1', 'y:2'], ['y:2', 'y:3'], []]);
});

test('whatever is added and taken, no change goes missing without word, none comes twice, and the order stays', () => {
  const action = fc.oneof(
    fc.record({ isRepeat: fc.boolean(), alert: fc.nat(4) }),
    fc.record({ take: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ dropRepeatsOf: fc.nat(4) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(action, { maxLength: 50 }), (limit, actions) => {
      const queue = new DeliveryQueue(limit);
      const added: AlertNotice[] = [];
      const out: AlertNotice[] = [];
      let lost = 0;
      for (const one of actions) {
        if ('take' in one) out.push(...queue.takeBatch(one.take, oneKey));
        else if ('dropRepeatsOf' in one) queue.dropRepeats(`a${one.dropRepeatsOf}`);
        else {
          const next = of(`a${one.alert}`, one.isRepeat);
          added.push(next);
          if (queue.add(next)?.kind === 'change') lost += 1;
        }
        expect(queue.size).toBeLessThanOrEqual(limit);
      }
      out.push(...queue.takeAll());
      const changes = (notices: readonly AlertNotice[]) => notices.filter(({ isRepeat }) => !isRepeat);
      expect(changes(out).length + lost).toBe(changes(added).length);
      expect(out.map((one) => added.indexOf(one))).toEqual(
        out.map((one) => added.indexOf(one)).toSorted((one, other) => one - other),
      );
    }),
  );
});
