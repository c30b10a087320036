import { describe, expect, it } from 'vitest';
import { JobProgressMeter } from './job-progress-meter.ts';

function meterWithClock() {
  let nowMs = 0;
  return { meter: new JobProgressMeter(undefined, () => nowMs), passMs: (ms: number) => (nowMs += ms) };
}

describe('progress of a job', () => {
  it('knows neither fraction nor speed before there is anything to know', () => {
    const { meter } = meterWithClock();
    expect(meter.snapshot()).toMatchObject({ fraction: null, bytesPerSecond: null, secondsLeft: null, phase: 'waiting' });
  });

  it('tells the speed of the last seconds, not of the whole job', () => {
    const { meter, passMs } = meterWithClock();
    meter.update({ phase: 'copying', bytesDone: 0, bytesTotal: 20_000 });
    for (let second = 1; second <= 10; second++) {
      passMs(1000);
      meter.update({ bytesDone: second * 100 });
    }
    for (let second = 1; second <= 6; second++) {
      passMs(1000);
      meter.update({ bytesDone: 1000 + second * 1000 });
    }
    const { bytesPerSecond, secondsLeft, fraction } = meter.snapshot();
    expect(bytesPerSecond).toBeCloseTo(1000, 0);
    expect(secondsLeft).toBeCloseTo(13, 0);
    expect(fraction).toBeCloseTo(0.35);
  });

  it('falls to zero speed when nothing moves, and promises no end then', () => {
    const { meter, passMs } = meterWithClock();
    meter.update({ phase: 'copying', bytesDone: 500, bytesTotal: 1000 });
    passMs(10_000);
    expect(meter.snapshot()).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
  });

  it('goes by items where there are no bytes', () => {
    const { meter } = meterWithClock();
    meter.update({ itemsDone: 1, itemsTotal: 4, bytesTotal: 0 });
    expect(meter.snapshot().fraction).toBe(0.25);
  });
});
