import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Spinner } from './Spinner.tsx';

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong shadow-card',
  secondary: 'bg-raised text-ink border border-line-strong hover:bg-hover shadow-card',
  ghost: 'text-soft hover:bg-hover hover:text-ink',
  /** A quiet action that is still the likely one. */
  link: 'text-accent hover:bg-accent-wash hover:text-accent-strong',
  danger: 'bg-bad-solid text-white hover:brightness-110 shadow-card',
};

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  size?: 'sm' | 'md';
  icon?: LucideIcon;
  /** Work is going on that this button started: it shows a spinner and cannot be pressed. */
  busy?: boolean;
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  busy = false,
  children,
  className,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors duration-100 active:translate-y-px disabled:pointer-events-none disabled:opacity-55',
        size === 'sm' ? 'h-7 px-2.5 text-xs' : 'h-8 px-3 text-sm',
        VARIANTS[variant],
        className,
      )}
      {...rest}
    >
      {busy ? <Spinner className="size-3.5" /> : Icon && <Icon className="size-3.5" strokeWidth={2} aria-hidden />}
      {children}
    </button>
  );
}
