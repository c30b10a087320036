import type { SpeedSample } from './job-speeds.ts';
import { SPEED_SPAN_MS } from './job-speeds.ts';

interface SpeedGraphPaths {
  /** SVG paths in a field of `width` by `height`: the line, and the area below it. */
  line: string;
  area: string;
  /** The fastest of the samples, in bytes per second. */
  most: number;
}

/** The last minute as a curve: time to the right, ending now, the fastest at the top. Null while there is too little to draw. */
export function speedPaths(samples: readonly SpeedSample[], width: number, height: number): SpeedGraphPaths | null {
  const last = samples.at(-1);
  if (!last || samples.length < 2) return null;
  const most = Math.max(...samples.map(({ bytesPerSecond }) => bytesPerSecond), 1);
  const points = samples.map(({ at, bytesPerSecond }) => {
    const x = width - ((last.at - at) / SPEED_SPAN_MS) * width;
    const y = height - (bytesPerSecond / most) * (height - 2) - 1;
    return [round(x), round(y)] as const;
  });
  const [first] = points;
  const line = `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`;
  return { line, area: `${line}L${width} ${height}L${first?.[0] ?? 0} ${height}Z`, most };
}

const round = (value: number) => Math.round(value * 10) / 10;
