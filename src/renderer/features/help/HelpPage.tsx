import { BookOpen, ChevronRight, Info, Keyboard, type LucideIcon, Sparkles } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandId } from '../../../shared/command-keys.ts';
import { navigate } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { classNames } from '../../lib/class-names.ts';
import { COMMANDS, commandTitle, isOffered } from '../command/commands.ts';
import { runCommand } from '../command/run-command.ts';
import { TOPICS, type Topic, type TopicId } from './topics.ts';

const open = (topic: TopicId | null) => navigate({ page: 'help', topic });

/** How Mooring works, topic by topic. */
export function HelpPage({ topic }: { topic: string | null }) {
  const { t } = useTranslation();
  const shown = TOPICS.find(({ id }) => id === topic);
  const page = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another topic begins at its beginning.
  useEffect(() => {
    page.current?.scrollTo({ top: 0 });
  }, [topic]);
  return (
    <div ref={page} className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-236 gap-10 px-8 pt-5 pb-20 @max-[720px]/pane:gap-5 @max-[720px]/pane:px-5">
        <nav aria-label={t('help.topics')} className="sticky top-5 w-56 shrink-0 self-start @max-[720px]/pane:w-10">
          <ul className="space-y-px">
            <TopicLink icon={BookOpen} label={t('help.begin')} isCurrent={!shown} onOpen={() => open(null)} />
            {TOPICS.map(({ id, icon }) => (
              <TopicLink key={id} icon={icon} label={t(`help.topic.${id}.title`)} isCurrent={shown?.id === id} onOpen={() => open(id)} />
            ))}
          </ul>
        </nav>
        <article className="min-w-0 max-w-150 flex-1">{shown ? <TopicText topic={shown} /> : <Beginning />}</article>
      </div>
    </div>
  );
}

interface TopicLinkProps {
  icon: LucideIcon;
  label: string;
  isCurrent: boolean;
  onOpen: () => void;
}

function TopicLink({ icon: Icon, label, isCurrent, onOpen }: TopicLinkProps) {
  return (
    <li>
      <button
        type="button"
        aria-label={label}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onOpen}
        className={classNames(
          'flex h-8 w-full items-center gap-2.5 rounded-lg px-2.5 text-left transition-colors',
          isCurrent ? 'bg-pressed font-medium' : 'text-soft hover:bg-hover hover:text-ink',
        )}
      >
        <Icon aria-hidden className={classNames('size-4 shrink-0', isCurrent && 'text-accent')} strokeWidth={1.8} />
        <span className="truncate @max-[720px]/pane:hidden">{label}</span>
      </button>
    </li>
  );
}

function Beginning() {
  const { t } = useTranslation();
  const ways: { command: CommandId; icon: LucideIcon }[] = [
    { command: 'help.welcome', icon: Sparkles },
    { command: 'help.shortcuts', icon: Keyboard },
    { command: 'help.about', icon: Info },
  ];
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-[-0.025em]">{t('help.title')}</h1>
      <p className="mt-2 text-base text-soft leading-5.5">{t('help.intro')}</p>
      <div className="mt-5 flex flex-wrap gap-2">
        {ways.map(({ command, icon }) => (
          <Button key={command} icon={icon} onClick={() => runCommand(command)}>
            {commandTitle(command, t)}
          </Button>
        ))}
      </div>
      <ul className="mt-7 divide-y divide-line rounded-xl border border-line">
        {TOPICS.map(({ id, icon: Icon }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => open(id)}
              className="flex w-full items-center gap-4 px-4 py-3 text-left transition-colors hover:bg-hover"
            >
              <span className="flex size-9 shrink-0 items-center justify-center rounded-xl bg-accent-wash text-accent">
                <Icon aria-hidden className="size-4.5" strokeWidth={1.8} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`help.topic.${id}.title`)}</span>
                <span className="block text-soft text-xs leading-4.5">{t(`help.topic.${id}.intro`)}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function TopicText({ topic: { id, icon: Icon, points, code, commands } }: { topic: Topic }) {
  const { t } = useTranslation();
  const offered = (commands ?? []).filter(isOffered);
  // Every topic has its own points: which of them, only `topics.ts` can say.
  const point = (name: string, part: 'title' | 'text') =>
    t(`help.topic.${id}.point.${name}.${part}` as 'help.topic.drives.point.eject.text');
  return (
    <>
      <Icon aria-hidden className="size-8 text-accent" strokeWidth={1.5} />
      <h1 className="mt-3 font-semibold text-2xl tracking-[-0.025em]">{t(`help.topic.${id}.title`)}</h1>
      <p className="mt-2 text-base text-soft leading-5.5">{t(`help.topic.${id}.intro`)}</p>
      {points.map((name) => (
        <section key={name} className="mt-6">
          <h2 className="font-semibold text-base">{point(name, 'title')}</h2>
          <p data-selectable className="mt-1 text-soft leading-5">
            {point(name, 'text')}
          </p>
        </section>
      ))}
      {code && (
        <ul className="mt-6 divide-y divide-line rounded-xl border border-line bg-sunken">
          {code.map((line) => (
            <li key={line} data-selectable className="px-4 py-2 font-mono text-xs">
              {line}
            </li>
          ))}
        </ul>
      )}
      {offered.length > 0 && (
        <div className="mt-7 flex flex-wrap gap-2 border-line border-t pt-5">
          {offered.map((command) => {
            const { icon } = COMMANDS[command];
            return (
              <Button key={command} {...(icon ? { icon } : {})} onClick={() => runCommand(command)}>
                {commandTitle(command, t)}
              </Button>
            );
          })}
        </div>
      )}
    </>
  );
}
