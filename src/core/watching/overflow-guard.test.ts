import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OverflowGuard } from './overflow-guard.ts';

it('takes as many events in one turn as the queue holds for an overflow, and no fewer', async () => {
  let overflows = 0;
  const guard = new OverflowGuard(() => overflows++, 100);
  for (let turn = 0; turn < 5; turn++) {
    for (let event = 0; event < 80; event++) guard.count();
    await nextTurn();
  }
  expect(overflows).toBe(0);
  for (let event = 0; event < 100; event++) guard.count();
  await nextTurn();
  expect(overflows).toBe(1);
});
