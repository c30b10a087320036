import type { LucideIcon } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  icon: LucideIcon;
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
  /** The keys that do the same, for its tooltip. */
  shortcut?: string | undefined;
  isActive?: boolean;
  /** Drawn in amber: a favourite. */
  isStarred?: boolean;
}

export function IconButton({
  icon: Icon,
  label,
  shortcut,
  isActive = false,
  isStarred = false,
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={classNames(
            'relative inline-flex size-7 shrink-0 items-center justify-center rounded-lg transition-colors duration-100 hover:bg-hover hover:text-ink active:bg-pressed disabled:pointer-events-none disabled:opacity-35 data-[state=open]:bg-pressed',
            isStarred ? 'text-[#c78a17] dark:text-[#e5b04a]' : isActive ? 'text-accent' : 'text-soft',
            className,
          )}
          {...rest}
        >
          <Icon aria-hidden className="size-4" strokeWidth={1.9} fill={isStarred ? 'currentColor' : 'none'} />
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 rounded-md bg-ink px-2 py-1 font-medium text-2xs text-canvas shadow-float data-[state=delayed-open]:animate-appear"
        >
          {label}
          {shortcut !== undefined && <kbd className="ml-2 font-sans opacity-70">{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
