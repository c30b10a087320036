// biome-ignore-all lint/a11y/useSemanticElements: <meter> cannot be styled alike in every browser.
import { classNames } from '../lib/class-names.ts';

interface MeterProps {
  /** 0 to 1. */
  fraction: number;
  /** Left out: decoration beside a text that says the same. */
  label?: string;
  tone?: 'accent' | 'warn' | 'bad' | 'muted' | 'good';
  className?: string;
}

const FILL = { accent: 'bg-accent', warn: 'bg-[#d98a1c]', bad: 'bg-[#d9434d]', muted: 'bg-line-strong', good: 'bg-good' };

/** How full something is. */
export function Meter({ fraction, label, tone = 'accent', className }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      {...(label === undefined
        ? { 'aria-hidden': true }
        : { role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': percent })}
      className={classNames('overflow-hidden rounded-full bg-track', className ?? 'h-1.5')}
    >
      <div
        className={classNames('h-full rounded-full transition-[width] duration-500 ease-out', FILL[tone])}
        style={{ width: percent === 0 ? 0 : `max(${percent}%, 3px)` }}
      />
    </div>
  );
}
