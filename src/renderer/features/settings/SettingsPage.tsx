import { useQuery } from '@tanstack/react-query';
import {
  Copy,
  DatabaseZap,
  Folder,
  HardDrive,
  Info,
  Keyboard,
  type LucideIcon,
  Palette,
  Search,
  SearchX,
  SlidersHorizontal,
  Wrench,
} from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../app/shell.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice, InlineError } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Facts.tsx';
import { classNames } from '../../lib/class-names.ts';
import { prefersLessMotion } from '../../lib/motion.ts';
import { runCommand } from '../command/run-command.ts';
import { findSettings, settingText, shownSettings } from './find-settings.ts';
import { SECTIONS, type Setting, type SettingProps, type SettingSection } from './setting.ts';
import { useWantedSetting } from './settings-place.ts';
import { configQuery, useUpdateConfig } from './settings-queries.ts';

const ICONS: Record<SettingSection, LucideIcon> = {
  general: SlidersHorizontal,
  appearance: Palette,
  explorer: Folder,
  volumes: HardDrive,
  indexing: DatabaseZap,
  copying: Copy,
  shortcuts: Keyboard,
  advanced: Wrench,
};

/** Everything that can be set, section below section; what is typed leaves only what it is about. */
export function SettingsPage() {
  const { t } = useTranslation();
  const config = useQuery(configQuery);
  const update = useUpdateConfig();
  const isDesktop = useShell((state) => state.client !== null);
  const [text, setText] = useState('');
  const page = useRef<HTMLDivElement>(null);
  useWanted(page, config.data !== undefined, () => setText(''));
  if (config.error) return <ErrorNotice error={config.error} onRetry={() => config.refetch()} />;
  if (!config.data) return null;
  const { data } = config;
  const props: SettingProps = { config: data, update: (patch) => update.mutate(patch) };
  const found = findSettings(shownSettings(data, isDesktop), text, data, t);
  const sections = SECTIONS.filter((section) => found.some((setting) => setting.section === section));
  return (
    <div ref={page} className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-236 gap-8 px-8 pt-5 pb-24 @max-[720px]/pane:gap-5 @max-[720px]/pane:px-5">
        <Sections sections={sections} page={page} />
        <div className="min-w-0 max-w-170 flex-1 space-y-6">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h1 className="font-semibold text-2xl tracking-[-0.025em]">{t('settings.title')}</h1>
            <SearchField text={text} onChange={setText} />
          </div>
          <InlineError error={update.error} />
          {sections.length === 0 && <EmptyState icon={SearchX} title={t('settings.nothing')} text={t('settings.nothingText')} />}
          {sections.map((section) => (
            <div key={section} data-section={section} className="scroll-mt-5">
              <Panel title={t(`settings.section.${section}`)}>
                <div className="divide-y divide-line">
                  {found
                    .filter((setting) => setting.section === section)
                    .map((setting) => (
                      <SettingLine key={setting.id} setting={setting} {...props} />
                    ))}
                </div>
              </Panel>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex h-8 w-64 items-center gap-2 rounded-lg border border-line-strong bg-canvas pl-2.5 shadow-card focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/20">
      <Search aria-hidden className="size-3.5 shrink-0 text-faint" />
      <input
        type="search"
        aria-label={t('settings.search')}
        placeholder={t('settings.search')}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="h-full min-w-0 flex-1 bg-transparent pr-2 text-sm outline-none placeholder:text-faint"
      />
    </div>
  );
}

/** The way from section to section. */
function Sections({ sections, page }: { sections: readonly SettingSection[]; page: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const current = useSectionInSight(sections, page);
  const show = (section: SettingSection) => {
    const target = page.current?.querySelector(`[data-section="${section}"]`);
    target?.scrollIntoView({ block: 'start', behavior: prefersLessMotion() ? 'auto' : 'smooth' });
  };
  return (
    <nav aria-label={t('settings.sections')} className="sticky top-5 w-44 shrink-0 self-start @max-[720px]/pane:w-10">
      <ul className="space-y-px">
        {sections.map((section) => {
          const Icon = ICONS[section];
          return (
            <li key={section}>
              <button
                type="button"
                aria-label={t(`settings.section.${section}`)}
                aria-current={current === section ? 'true' : undefined}
                onClick={() => show(section)}
                className={classNames(
                  'flex h-8 w-full items-center gap-2.5 rounded-lg px-2.5 text-left transition-colors',
                  current === section ? 'bg-pressed font-medium' : 'text-soft hover:bg-hover hover:text-ink',
                )}
              >
                <Icon aria-hidden className={classNames('size-4 shrink-0', current === section && 'text-accent')} strokeWidth={1.8} />
                <span className="truncate @max-[720px]/pane:hidden">{t(`settings.section.${section}`)}</span>
              </button>
            </li>
          );
        })}
        <li className="mt-2 border-line border-t pt-2">
          <button
            type="button"
            aria-label={t('settings.about')}
            onClick={() => runCommand('help.about')}
            className="flex h-8 w-full items-center gap-2.5 rounded-lg px-2.5 text-left text-soft transition-colors hover:bg-hover hover:text-ink"
          >
            <Info aria-hidden className="size-4 shrink-0" strokeWidth={1.8} />
            <span className="truncate @max-[720px]/pane:hidden">{t('settings.about')}</span>
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** The section that one is looking at: the topmost of which most is in sight. */
function useSectionInSight(sections: readonly SettingSection[], page: RefObject<HTMLDivElement | null>): SettingSection | null {
  const [current, setCurrent] = useState<SettingSection | null>(sections[0] ?? null);
  useEffect(() => {
    const root = page.current;
    if (!root) return;
    const look = () => {
      const top = root.getBoundingClientRect().top + root.clientHeight * 0.3;
      const isAtEnd = root.scrollTop + root.clientHeight >= root.scrollHeight - 2;
      const above = sections.filter((section) => {
        const box = root.querySelector(`[data-section="${section}"]`)?.getBoundingClientRect();
        return box !== undefined && box.top <= top;
      });
      setCurrent((isAtEnd && root.scrollTop > 0 ? sections.at(-1) : above.at(-1)) ?? sections[0] ?? null);
    };
    look();
    root.addEventListener('scroll', look, { passive: true });
    return () => root.removeEventListener('scroll', look);
  }, [sections, page]);
  return current;
}

function SettingLine({ setting: { id, isWide = false, Control }, ...props }: SettingProps & { setting: Setting }) {
  const { t } = useTranslation();
  const text = settingText(id, props.config, t);
  return (
    <div
      data-setting={id}
      className={classNames(
        'scroll-mt-16 px-4 py-2.5 transition-colors duration-300',
        isWide ? '' : 'flex min-h-12 flex-wrap items-center gap-x-6 gap-y-2',
      )}
    >
      <div className={classNames('flex-1', isWide ? 'mb-2.5 min-w-0' : 'min-w-44')}>
        <p className="font-medium">{t(`settings.${id}`)}</p>
        {text && <p className="mt-0.5 text-soft text-xs leading-4.5">{text}</p>}
      </div>
      <Control {...props} />
    </div>
  );
}

/** Shows the setting that somebody came for, and gives it the keyboard. */
function useWanted(page: RefObject<HTMLDivElement | null>, isThere: boolean, showAll: () => void): void {
  const wanted = useWantedSetting((state) => state.wanted);
  useEffect(() => {
    if (wanted === null || !isThere) return;
    showAll();
    // Once everything is shown again.
    const frame = requestAnimationFrame(() => {
      const line = page.current?.querySelector<HTMLElement>(`[data-setting="${wanted}"]`);
      useWantedSetting.setState({ wanted: null });
      line?.scrollIntoView({ block: 'center' });
      line?.querySelector<HTMLElement>('[role="radiogroup"], button, input, select')?.focus({ preventScroll: true });
      if (!prefersLessMotion()) line?.animate([{ backgroundColor: 'var(--accent-wash)' }, { backgroundColor: 'transparent' }], 1600);
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, isThere, page, showAll]);
}
