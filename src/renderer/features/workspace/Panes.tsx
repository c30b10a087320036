import { Fragment, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { displayName } from '../../lib/display-name.ts';
import { PaneView } from './PaneView.tsx';
import { useRouteTitles } from './route-title.ts';
import { routeIn } from './workspace.ts';
import { useWorkspace } from './workspace-store.ts';

const LEAST_WIDTH = 260;

/** What is open: one pane, or two side by side. A double click on what is between them makes them equally wide. @param children the page of the pane that it is drawn in */
export function Panes({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const panes = useWorkspace((workspace) => workspace.panes);
  useWindowTitle();
  return (
    <Group orientation="horizontal" className="h-full">
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && (
            <Separator
              aria-label={t('pane.resize')}
              className="w-px bg-line outline-offset-0 transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong"
            />
          )}
          <Panel id={pane.id} defaultSize={`${100 / panes.length}%`} minSize={panes.length > 1 ? LEAST_WIDTH : 0}>
            <PaneView pane={pane} side={panes.length === 1 ? null : index === 0 ? 'left' : 'right'}>
              {children}
            </PaneView>
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

/** The window is called what the active pane shows. */
function useWindowTitle(): void {
  const route = useWorkspace((workspace) => routeIn(workspace));
  const title = displayName(useRouteTitles()(route).title);
  useEffect(() => {
    document.title = `${title} – Mooring`;
  }, [title]);
}
