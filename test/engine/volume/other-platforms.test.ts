import { expect, onTestFinished, test } from 'vitest';
import { ConfigStore } from '#core/config/config-store.ts';
import { loadDevice } from '#core/device/device.ts';
import { EventBus } from '#core/events/event-bus.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import { darwinDetector } from '#core/volume/darwin/darwin-detector.ts';
import type { VolumeDetector } from '#core/volume/detector.ts';
import { Volumes } from '#core/volume/volumes.ts';
import { win32Detector } from '#core/volume/win32/win32-detector.ts';
import { MooringError } from '#shared/contract/error.ts';
import { Volume } from '#shared/contract/volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { recordedRunner } from './recorded-runner.ts';

/** The volume manager, on another computer's recorded outputs. */
async function volumesOf(detector: VolumeDetector): Promise<Volumes> {
  const dataDir = await makeTestDir('data');
  const events = new EventBus((error) => {
    throw error;
  });
  const config = await ConfigStore.load(dataDir, { events, log: silentLogger });
  const libraries = {
    opened: [],
    current: null,
    resolve: () => {
      throw new MooringError('LIBRARY_NOT_OPEN', 'No library is open.');
    },
  };
  const volumes = await Volumes.start({ detector, libraries, config, device: await loadDevice(dataDir), events, log: silentLogger });
  onTestFinished(() => volumes.close());
  return volumes;
}

/** Recorded outputs do not change: nothing to watch. */
function still(detector: VolumeDetector): VolumeDetector {
  return { detect: () => detector.detect(), changeToken: () => detector.changeToken(), watch: async () => true };
}

test('a Mac: every volume within the contract, each with a fingerprint of its own, and a container counted once', async () => {
  const volumes = await volumesOf(still(darwinDetector({ run: recordedRunner('darwin/apple-silicon') })));
  const all = volumes.list({ all: true });
  for (const volume of all) expect(Volume.safeParse(volume).error, volume.name).toBeUndefined();
  expect(new Set(all.map((volume) => volume.fingerprint)).size).toBe(all.length);
  const [macintosh, external, stick, image, share] = [494_384_795_648, 2_000_189_177_856, 31_913_934_848, 62_873_600, 7_997_899_423_744];
  expect(volumes.statistics()).toMatchObject({ mounted: 7, totalBytes: macintosh + external + stick + image + share });
  expect(volumes.find('Macintosh HD')).toMatchObject({ mountPoint: '/', isEjectable: false, caseSensitive: false, supportsCow: true });
});

test('Windows: every volume within the contract, found by its letter as by its name', async () => {
  const volumes = await volumesOf(still(win32Detector({ run: recordedRunner('win32/windows-11'), probeTimeoutMs: () => 50 })));
  const all = volumes.list({ all: true });
  for (const volume of all) expect(Volume.safeParse(volume).error, volume.name).toBeUndefined();
  expect(new Set(all.map((volume) => volume.fingerprint)).size).toBe(all.length);
  expect(volumes.find('KAMERA')).toMatchObject({ mountPoint: 'E:\\', fileSystem: 'exFAT', maxFileSize: Number.MAX_SAFE_INTEGER });
  expect(volumes.list().filter((volume) => volume.unresponsive)).toMatchObject([{ mountPoint: 'Y:\\' }]);
});
