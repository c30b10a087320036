import { ArrowLeftRight, Bell, ChevronLeft, ChevronRight, PanelLeft } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button.tsx';
import { IconButton, type IconButtonProps } from '../components/IconButton.tsx';
import { ClearJobsButton, JobsPanel } from '../features/job/JobsPanel.tsx';
import { useActiveJobCount } from '../features/job/job-queries.ts';
import { NotificationsPanel } from '../features/notification/NotificationsPanel.tsx';
import { useNotifications } from '../features/notification/notification-store.ts';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { goBack, goForward } from './navigation.ts';
import { useUi } from './ui-store.ts';

export function TopBar() {
  const { t } = useTranslation();
  const toggleSidebar = useUi((state) => state.toggleSidebar);
  const isSidebarShown = useUi((state) => state.isSidebarShown);
  const jobs = useActiveJobCount();
  const unread = useNotifications((state) => state.items.filter((item) => !item.isRead).length);
  const clear = useNotifications((state) => state.clear);
  return (
    <header className="window-drag flex h-11 shrink-0 items-center gap-0.5 pr-3 pl-3">
      <IconButton icon={PanelLeft} label={isSidebarShown ? t('topBar.hideSidebar') : t('topBar.showSidebar')} onClick={toggleSidebar} />
      <IconButton icon={ChevronLeft} label={t('topBar.back')} onClick={goBack} className="ml-1" />
      <IconButton icon={ChevronRight} label={t('topBar.forward')} onClick={goForward} />
      <div className="flex min-w-0 flex-1 justify-center">
        <SearchBox />
      </div>
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
        <IconButton icon={icon} label={label}>
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
