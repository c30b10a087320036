import { ArrowLeftRight, Bell, ChevronLeft, ChevronRight, Columns2, PanelLeft, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button.tsx';
import { IconButton, type IconButtonProps } from '../components/IconButton.tsx';
import { ContextActions } from '../components/Menu.tsx';
import { useShortcutText } from '../features/command/use-shortcut-text.ts';
import { InspectorButton } from '../features/inspector/Inspector.tsx';
import { ClearJobsButton, JobsPanel } from '../features/job/JobsPanel.tsx';
import { useActiveJobCount } from '../features/job/job-queries.ts';
import { NotificationsPanel } from '../features/notification/NotificationsPanel.tsx';
import { useNotifications } from '../features/notification/notification-store.ts';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { useRouteTitles } from '../features/workspace/route-title.ts';
import { newTabHere, toggleSplit } from '../features/workspace/tab-commands.ts';
import { paneOf, tabOf } from '../features/workspace/workspace.ts';
import { useWorkspace } from '../features/workspace/workspace-store.ts';
import { displayName } from '../lib/display-name.ts';
import { goSteps } from './navigation.ts';
import { useUi } from './ui-store.ts';

/** So many places are in the menus of Back and Forward. */
const MOST_IN_MENU = 15;

export function TopBar() {
  const { t } = useTranslation();
  const toggleSidebar = useUi((state) => state.toggleSidebar);
  const isSidebarShown = useUi((state) => state.isSidebarShown);
  const jobs = useActiveJobCount();
  const unread = useNotifications((state) => state.items.filter((item) => !item.isRead).length);
  const clear = useNotifications((state) => state.clear);
  return (
    <header className="window-drag flex h-11 shrink-0 items-center gap-0.5 pr-3 pl-3">
      <IconButton
        icon={PanelLeft}
        label={isSidebarShown ? t('topBar.hideSidebar') : t('topBar.showSidebar')}
        shortcut={useShortcutText('view.sidebar')}
        onClick={toggleSidebar}
      />
      <HistoryButton icon={ChevronLeft} label={t('topBar.back')} by={-1} />
      <HistoryButton icon={ChevronRight} label={t('topBar.forward')} by={1} />
      <NewTabButton />
      <div className="flex min-w-0 flex-1 justify-center">
        <SearchBox />
      </div>
      <SplitButton />
      <InspectorButton />
      <PanelButton
        panel="jobs"
        title={t('job.title')}
        icon={ArrowLeftRight}
        label={t('job.buttonLabel', { count: jobs })}
        badge={jobs}
        action={<ClearJobsButton />}
      >
        <JobsPanel />
      </PanelButton>
      <PanelButton
        panel="notifications"
        title={t('notification.title')}
        icon={Bell}
        label={t('notification.buttonLabel', { count: unread })}
        badge={unread}
        action={
          <Button size="sm" variant="ghost" onClick={clear}>
            {t('notification.clear')}
          </Button>
        }
      >
        <NotificationsPanel />
      </PanelButton>
    </header>
  );
}

/** Opens a second tab. Beside several there is a button of their own. */
function NewTabButton() {
  const { t } = useTranslation();
  const isAlone = useWorkspace(({ panes }) => panes.length === 1 && panes[0]?.tabs.length === 1);
  const shortcut = useShortcutText('tab.new');
  return isAlone ? <IconButton icon={Plus} label={t('tab.new')} shortcut={shortcut} onClick={newTabHere} /> : null;
}

/** Shows a second pane, or closes the one beside the active one. */
function SplitButton() {
  const { t } = useTranslation();
  const isSplit = useWorkspace((workspace) => workspace.panes.length > 1);
  return (
    <IconButton
      icon={Columns2}
      label={isSplit ? t('pane.unsplit') : t('pane.split')}
      shortcut={useShortcutText('pane.split')}
      isActive={isSplit}
      aria-pressed={isSplit}
      onClick={toggleSplit}
    />
  );
}

/** Back or Forward in the active tab. Its menu (right mouse button) leads to each of the places. */
function HistoryButton({ icon, label, by }: Pick<IconButtonProps, 'icon' | 'label'> & { by: 1 | -1 }) {
  const tab = useWorkspace((workspace) => tabOf(paneOf(workspace)));
  const titleOf = useRouteTitles();
  const steps = by < 0 ? tab.steps.slice(0, tab.at).reverse() : tab.steps.slice(tab.at + 1);
  const items = steps.slice(0, MOST_IN_MENU).map((step, index) => {
    const { title, icon: Icon } = titleOf(step.route);
    return { label: displayName(title), icon: Icon, onSelect: () => goSteps(by * (index + 1)) };
  });
  return (
    <ContextActions items={items}>
      <IconButton
        icon={icon}
        label={label}
        shortcut={useShortcutText(by < 0 ? 'go.back' : 'go.forward')}
        aria-disabled={steps.length === 0}
        onContextMenu={(event) => steps.length === 0 && event.preventDefault()}
        className="aria-disabled:opacity-35"
        onClick={() => goSteps(by)}
      />
    </ContextActions>
  );
}

interface PanelButtonProps extends Pick<IconButtonProps, 'icon' | 'label'> {
  panel: 'jobs' | 'notifications';
  title: string;
  /** How many are new or running; 0 shows nothing. */
  badge: number;
  action?: ReactNode;
  children: ReactNode;
}

function PanelButton({ panel, title, icon, label, badge, action, children }: PanelButtonProps) {
  const openPanel = useUi((state) => state.openPanel);
  const setPanel = useUi((state) => state.setPanel);
  return (
    <Popover.Root open={openPanel === panel} onOpenChange={(isOpen) => setPanel(isOpen ? panel : null)}>
      <Popover.Trigger asChild>
        <IconButton icon={icon} label={label} shortcut={useShortcutText(panel === 'jobs' ? 'view.jobs' : 'view.notifications')}>
          {badge > 0 && (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-0.5 min-w-3.75 rounded-full bg-accent px-1 text-center font-semibold text-[9.5px] text-on-accent leading-3.75 ring-2 ring-canvas"
            >
              {badge > 99 ? '99+' : badge}
            </span>
          )}
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={10}
          aria-label={title}
          className="z-40 flex max-h-[min(560px,var(--radix-popover-content-available-height))] w-92 flex-col rounded-2xl bg-raised shadow-float outline-none data-[state=open]:animate-appear"
        >
          <div className="flex h-11 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
            <h2 className="font-semibold">{title}</h2>
            {action}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
