import { ChevronRight, Ellipsis } from 'lucide-react';
import { Fragment, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '../../components/Menu.tsx';
import { displayName } from '../../lib/display-name.ts';
import type { PathStep } from '../../lib/entry-path.ts';
import type { BrowserPlace } from './browser-place.ts';
import { PathStepButton, STEP_LOOK } from './PathStepButton.tsx';
import { SiblingFolders } from './SiblingFolders.tsx';

/** Room beside the steps that stays free, to be clicked. */
const FREE_WIDTH = 24;
/** Of the button that stands for steps that have no room, with the sign behind it. */
const MORE_WIDTH = 48;

interface PathStepsProps {
  place: BrowserPlace;
  /** From the root of the place to the open folder. */
  steps: readonly PathStep[];
  onEdit: () => void;
}

/** The way to the open folder. Of a long one, the middle is in a menu. A click beside it makes it a text. */
export function PathSteps({ place, steps, onEdit }: PathStepsProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const hidden = useHiddenCount(row, ghost, steps);
  const [root, ...below] = steps;
  const cut = below.slice(0, hidden);
  const last = steps.at(-1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has a command for it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      ref={row}
      onClick={(event) => event.target === event.currentTarget && onEdit()}
      title={t('path.edit')}
      className="group/path relative flex h-8 min-w-0 flex-1 cursor-text items-center overflow-hidden rounded-lg pr-1 hover:bg-hover/60"
    >
      <div ref={ghost} aria-hidden inert className="pointer-events-none invisible absolute flex">
        {steps.map((step, index) => (
          <span key={step.path} className="flex shrink-0 items-center">
            {index > 0 && <span className="w-6" />}
            <span className={STEP_LOOK}>{displayName(step.name)}</span>
          </span>
        ))}
      </div>
      {root && <PathStepButton place={place} step={root} isLast={steps.length === 1} onEdit={onEdit} />}
      {cut.length > 0 && root && (
        <>
          <ChevronRight aria-hidden className="mx-0.75 size-3.5 shrink-0 text-faint" />
          <ActionMenu align="start" items={cut.map((step) => ({ label: displayName(step.name), onSelect: () => place.open(step.path) }))}>
            <button
              type="button"
              aria-label={t('path.more', { count: cut.length })}
              className="grid h-6.5 w-7 shrink-0 cursor-default place-items-center rounded-md text-soft hover:bg-pressed hover:text-ink"
            >
              <Ellipsis aria-hidden className="size-4" />
            </button>
          </ActionMenu>
        </>
      )}
      {below.slice(hidden).map((step, index) => {
        const before = below[hidden + index - 1] ?? root;
        return (
          <Fragment key={step.path}>
            {before && <SiblingFolders folder={before} current={step.path} onOpen={place.open} />}
            <PathStepButton place={place} step={step} isLast={step === last} onEdit={onEdit} />
          </Fragment>
        );
      })}
    </div>
  );
}

/** How many of the steps after the first have no room. The last one always stays. */
function useHiddenCount(row: RefObject<HTMLElement | null>, ghost: RefObject<HTMLElement | null>, steps: readonly PathStep[]): number {
  const [hidden, setHidden] = useState(0);
  const way = steps.map(({ path }) => path).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another way has steps of other widths.
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return;
    const look = () => {
      const widths = [...(ghost.current?.children ?? [])].map((child) => child.getBoundingClientRect().width);
      setHidden(countHidden(widths, element.clientWidth - FREE_WIDTH));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [row, ghost, way]);
  return Math.min(hidden, Math.max(steps.length - 2, 0));
}

/** @param widths of all steps, in pixels @returns how many after the first have to go for the others to have room */
export function countHidden(widths: readonly number[], room: number): number {
  let width = widths.reduce((sum, one) => sum + one, 0);
  let hidden = 0;
  while (width + (hidden > 0 ? MORE_WIDTH : 0) > room && hidden < widths.length - 2) {
    hidden += 1;
    width -= widths[hidden] ?? 0;
  }
  return hidden;
}
