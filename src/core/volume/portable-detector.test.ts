import { expect, test } from 'vitest';
import { portableDetector, withPortableFallback } from './portable-detector.ts';
import { CommandError } from './run-command.ts';

const missing = new CommandError('lsblk', 'missing', null, { stdout: '', stderr: '' });
const portable = portableDetector({
  list: async () => [{ filesystem: '/dev/sda1', mounted: '/' }],
  spaceOf: async () => ({ totalBytes: 10, availableBytes: 5 }),
});

test('the root of this machine is found, with the space that the system tells', async () => {
  const volumes = await portableDetector().detect();
  expect(volumes.find((volume) => volume.mountPoints.includes('/'))?.totalBytes).toBeGreaterThan(0);
});

test('where the platform tool is missing the portable detector takes over, and says so once', async () => {
  const reasons: unknown[] = [];
  const broken = { ...portable, detect: () => Promise.reject(missing), changeToken: () => Promise.reject(missing) };
  const detector = withPortableFallback(broken, (reason) => reasons.push(reason), portable);
  expect(await detector.detect()).toMatchObject([{ mountPoints: ['/'], availableBytes: 5 }]);
  await detector.detect();
  await detector.changeToken();
  expect(reasons).toEqual([missing]);
});

test('a detector that has worked is not given up for one failure', async () => {
  let fails = false;
  const flaky = { ...portable, detect: () => (fails ? Promise.reject(missing) : Promise.resolve([])) };
  const detector = withPortableFallback(flaky, () => expect.unreachable(), portable);
  await detector.detect();
  fails = true;
  await expect(detector.detect()).rejects.toBe(missing);
});
