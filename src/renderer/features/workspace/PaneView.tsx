import { Columns2 } from 'lucide-react';
import { type MouseEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { engine } from '../../app/engine.ts';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { TabStrip } from './TabStrip.tsx';
import { openInNewTab } from './tab-commands.ts';
import { useTabDrop } from './use-tab-drop.ts';
import { activatePane, type Pane } from './workspace.ts';
import { changeWorkspace, PaneContext, useWorkspace } from './workspace-store.ts';

/** The row that the middle mouse button is about. */
const rowOf = ({ target, button }: MouseEvent) =>
  button === 1 && target instanceof Element ? (target.closest<HTMLElement>('[data-path]')?.dataset.path ?? null) : null;

/** The middle button would begin to pan. */
function stopPanning(event: MouseEvent): void {
  if (rowOf(event) !== null) event.preventDefault();
}

/** A folder that is clicked with the middle button opens in a tab behind. */
async function openBehind(event: MouseEvent): Promise<void> {
  const path = rowOf(event);
  const { routeTo } = useFileScope.getState();
  if (path === null || routeTo === null) return;
  const entry = await engine.entries.get({ path }).catch(() => null);
  // What is gone, or cannot be read, is told by the list.
  if (entry?.kind === 'folder') openInNewTab(routeTo(path), { inBackground: true });
}

interface PaneViewProps {
  pane: Pane;
  /** Of two panes; null of one alone. */
  side: 'left' | 'right' | null;
  children: ReactNode;
}

/** One pane: its tabs, and what is open in it. It becomes the active one when it is pointed at or gets the keyboard. */
export function PaneView({ pane, side, children }: PaneViewProps) {
  const { t } = useTranslation();
  const isActive = useWorkspace((workspace) => workspace.paneId === pane.id);
  const panelId = useId();
  const hasStrip = side !== null || pane.tabs.length > 1;
  const { isOver, dropProps } = useTabDrop(pane, side === null);
  const activate = () => changeWorkspace((workspace) => activatePane(workspace, pane.id));
  return (
    <section
      aria-label={side === null ? undefined : t(`pane.${side}Region`)}
      data-pane={pane.id}
      data-inactive={isActive ? undefined : true}
      onPointerDownCapture={activate}
      onFocusCapture={activate}
      onMouseDown={stopPanning}
      onAuxClick={(event) => void openBehind(event)}
      className={classNames('@container/pane flex h-full min-w-0 flex-col', !isActive && 'inactive-pane')}
    >
      {hasStrip && <TabStrip pane={pane} isActive={isActive} side={side} panelId={panelId} />}
      <div
        {...(hasStrip ? { id: panelId, role: 'tabpanel', 'aria-labelledby': `${panelId}-${pane.tabId}` } : {})}
        tabIndex={-1}
        data-pane-content
        className="relative min-h-0 flex-1 outline-none"
        {...dropProps}
      >
        <PaneContext value={pane.id}>
          {/* A tab keeps nothing of another one: what belongs to it is kept by its steps. */}
          <ErrorBoundary key={pane.tabId}>{children}</ErrorBoundary>
        </PaneContext>
        {isOver && (
          <div
            aria-hidden
            data-tab-drop
            className={classNames(
              'pointer-events-none absolute inset-y-2 right-2 z-20 grid animate-appear place-items-center rounded-xl border-2 border-accent border-dashed bg-accent-wash/85',
              side === null ? 'left-1/2' : 'left-2',
            )}
          >
            <span className="flex items-center gap-2 rounded-lg bg-raised px-3.5 py-2 font-medium shadow-float">
              <Columns2 className="size-4 text-accent" strokeWidth={1.9} />
              {t(side === null ? 'tab.dropBeside' : 'tab.dropHere')}
            </span>
          </div>
        )}
      </div>
    </section>
  );
}
