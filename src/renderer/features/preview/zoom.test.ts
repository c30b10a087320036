import { expect, it } from 'vitest';
import { stepZoom } from './zoom.ts';

it('goes to the next step, and stays at the last one', () => {
  expect([
    stepZoom(0.63, 1),
    stepZoom(0.63, -1),
    stepZoom(1, 1),
    stepZoom(1, -1),
    stepZoom(0.98, 1),
    stepZoom(8, 1),
    stepZoom(0.1, -1),
  ]).toEqual([0.75, 0.5, 1.5, 0.75, 1.5, 8, 0.1]);
});
