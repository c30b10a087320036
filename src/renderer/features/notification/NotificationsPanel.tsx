import { BellOff, CircleCheck, CircleSlash, CircleX, HardDrive, Info, type LucideIcon, Pin, TriangleAlert, Unplug } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { openVolume } from '../../app/navigation.ts';
import { useUi } from '../../app/ui-store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { type Notification, useNotifications } from './notification-store.ts';

const ICONS: Record<Notification['kind'], { Icon: LucideIcon; color: string }> = {
  'volume-mounted': { Icon: HardDrive, color: 'text-accent' },
  'volume-removed': { Icon: Unplug, color: 'text-soft' },
  'volume-tracked': { Icon: Pin, color: 'text-good' },
  'volume-error': { Icon: TriangleAlert, color: 'text-warn' },
  'job-completed': { Icon: CircleCheck, color: 'text-good' },
  'job-failed': { Icon: CircleX, color: 'text-bad' },
  'job-cancelled': { Icon: CircleSlash, color: 'text-soft' },
  'core-notice': { Icon: Info, color: 'text-accent' },
};

export function NotificationsPanel() {
  const { t } = useTranslation();
  const items = useNotifications((state) => state.items);
  const markAllRead = useNotifications((state) => state.markAllRead);
  // Read when the panel closes, so that what is new stands out while it is open.
  useEffect(() => markAllRead, [markAllRead]);
  if (items.length === 0) return <EmptyState icon={BellOff} title={t('notification.empty')} text={t('notification.emptyText')} />;
  return (
    <ul className="divide-y divide-line">
      {items.map((item) => (
        <li key={item.id}>
          <NotificationLine item={item} />
        </li>
      ))}
    </ul>
  );
}

function NotificationLine({ item }: { item: Notification }) {
  const { t } = useTranslation();
  const format = useFormat();
  const setPanel = useUi((state) => state.setPanel);
  const { Icon, color } = ICONS[item.kind];
  const { fingerprint } = item;
  const errorText = useErrorText();
  const detail = item.error ? errorText(item.error) : item.detail && displayName(item.detail);
  const content = (
    <>
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', color)} strokeWidth={1.9} />
      <span className="min-w-0 flex-1">
        <span className={classNames('block break-words', !item.isRead && 'font-medium')}>
          {t(`notification.${item.kind}`, { subject: displayName(item.subject) })}
        </span>
        {detail && <span className="mt-0.5 block break-words text-soft text-xs">{detail}</span>}
        <span className="mt-0.5 block text-2xs text-faint">{format.ago(item.at)}</span>
      </span>
      {!item.isRead && (
        <span role="img" aria-label={t('notification.unread')} className="mt-1.5 size-1.75 shrink-0 rounded-full bg-accent" />
      )}
    </>
  );
  const layout = 'flex w-full items-start gap-3 px-4 py-2.5 text-left';
  if (fingerprint === null) return <div className={layout}>{content}</div>;
  return (
    <button
      type="button"
      className={classNames(layout, 'transition-colors hover:bg-hover')}
      onClick={() => {
        openVolume(fingerprint);
        setPanel(null);
      }}
    >
      {content}
    </button>
  );
}
