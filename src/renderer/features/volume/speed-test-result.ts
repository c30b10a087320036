import { SpeedTestResult, type VolumeOperation } from '../../../shared/contract/volume.ts';

/** The figures of a finished speed test; null for every other record. */
export function readSpeedTest(operation: VolumeOperation): SpeedTestResult | null {
  if (operation.type !== 'speed-test') return null;
  const parsed = SpeedTestResult.safeParse(operation.response);
  return parsed.success ? parsed.data : null;
}
