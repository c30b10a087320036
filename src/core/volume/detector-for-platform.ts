import { darwinDetector } from './darwin/darwin-detector.ts';
import type { VolumeDetector } from './detector.ts';
import { LinuxDetector } from './linux/linux-detector.ts';
import { portableDetector, withPortableFallback } from './portable-detector.ts';
import { win32Detector } from './win32/win32-detector.ts';

export interface DetectorOptions {
  /** After so long a file system counts as unresponsive. Asked each time. */
  probeTimeoutMs?: () => number;
  /** Called when the platform's own tools cannot be used, and the portable baseline takes their place. */
  onFallback?: (error: unknown) => void;
}

const DEFAULT_PROBE_TIMEOUT_MS = 2000;

export function detectorForPlatform(platform: NodeJS.Platform, options: DetectorOptions = {}): VolumeDetector {
  const { probeTimeoutMs = () => DEFAULT_PROBE_TIMEOUT_MS, onFallback = () => undefined } = options;
  if (platform === 'linux') return new LinuxDetector({ probeTimeoutMs });
  if (platform === 'darwin') return withPortableFallback(darwinDetector({ probeTimeoutMs }), onFallback);
  if (platform === 'win32') return withPortableFallback(win32Detector({ probeTimeoutMs }), onFallback);
  return portableDetector();
}
