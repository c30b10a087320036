import { darwinDetector } from './darwin/darwin-detector.ts';
import type { VolumeDetector } from './detector.ts';
import { LinuxDetector } from './linux/linux-detector.ts';
import { portableDetector, withPortableFallback } from './portable-detector.ts';
import { win32Detector } from './win32/win32-detector.ts';

export interface DetectorOptions {
  /** After so long a file system counts as unresponsive; asked each time. Two seconds unless said otherwise. */
  probeTimeoutMs?: () => number;
  /** Told when the platform's own way does not work here and the portable one is used instead. */
  onFallback?: (error: unknown) => void;
}

const DEFAULT_PROBE_TIMEOUT_MS = 2000;

/** The detector of a platform: its own, or where that cannot work, the portable one. */
export function detectorForPlatform(platform: NodeJS.Platform, options: DetectorOptions = {}): VolumeDetector {
  const { probeTimeoutMs = () => DEFAULT_PROBE_TIMEOUT_MS, onFallback = () => undefined } = options;
  if (platform === 'linux') return withPortableFallback(new LinuxDetector({ probeTimeoutMs }), onFallback);
  if (platform === 'darwin') return withPortableFallback(darwinDetector(), onFallback);
  if (platform === 'win32') return withPortableFallback(win32Detector(), onFallback);
  return portableDetector();
}
