import { Keyboard, RotateCcw, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_IDS, type CommandId, type CustomKeys, FIXED_COMMANDS, isKeptByBrowser } from '../../../../shared/command-keys.ts';
import { Button } from '../../../components/Button.tsx';
import { Badge } from '../../../components/Facts.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { chordText } from '../../command/chord-text.ts';
import { type CommandGroup, commandTitle, groupOf, isOffered } from '../../command/commands.ts';
import { Keys } from '../../command/Keys.tsx';
import { keyPlatform, shortcutsOf } from '../../command/shortcuts.ts';
import { showToast } from '../../notification/toast-store.ts';
import type { SettingProps } from '../setting.ts';
import { assignKeys, removeKeys, resetKeys } from './assign-keys.ts';
import { KeyRecorder } from './KeyRecorder.tsx';

/** All commands with their keys, each of which can be given others. */
export function ShortcutList({ config, update }: SettingProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const [recording, setRecording] = useState<CommandId | null>(null);
  const custom = config.explorer.shortcuts;
  const save = (shortcuts: Record<string, string | null>) => {
    setRecording(null);
    update({ explorer: { shortcuts } });
  };
  const resetAll = () => {
    save({});
    showToast({ tone: 'neutral', title: t('settings.keys.wasReset'), action: { label: t('settings.keys.undo'), run: () => save(custom) } });
  };
  const wanted = filter.trim().toLowerCase();
  const shown = COMMAND_IDS.filter(isOffered).filter((id) => {
    const texts = [commandTitle(id, t), ...shortcutsOf(id, custom).map((chord) => chordText(chord, t))];
    return texts.some((text) => text.toLowerCase().includes(wanted));
  });
  const groups = [...new Set(shown.map(groupOf))];
  return (
    <div>
      <div className="mb-3 flex items-center gap-2">
        <input
          type="search"
          aria-label={t('settings.keys.filter')}
          placeholder={t('settings.keys.filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-lg border border-line-strong bg-canvas px-2.5 text-sm shadow-card placeholder:text-faint"
        />
        <Button size="sm" icon={RotateCcw} disabled={Object.keys(custom).length === 0} onClick={resetAll}>
          {t('settings.keys.resetAll')}
        </Button>
      </div>
      {shown.some((id) => shortcutsOf(id, custom).some((chord) => isKeptByBrowser(chord, keyPlatform()))) && (
        <p className="mb-3 flex items-start gap-2 text-soft text-xs">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-warn" />
          {t('settings.keys.browserNote')}
        </p>
      )}
      {groups.length === 0 && <p className="py-6 text-center text-soft">{t('settings.keys.nothing')}</p>}
      {groups.map((group) => (
        <Group key={group} group={group}>
          {shown
            .filter((id) => groupOf(id) === group)
            .map((id) => (
              <Row
                key={id}
                id={id}
                custom={custom}
                isRecording={recording === id}
                onRecording={(is) => setRecording(is ? id : null)}
                onSave={save}
              />
            ))}
        </Group>
      ))}
    </div>
  );
}

function Group({ group, children }: { group: CommandGroup; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t(`commandGroup.${group}`)} className="mt-4 first:mt-0">
      <h3 className="mb-1 font-medium text-faint text-xs">{t(`commandGroup.${group}`)}</h3>
      <ul className="divide-y divide-line rounded-xl border border-line">{children}</ul>
    </section>
  );
}

interface RowProps {
  id: CommandId;
  custom: CustomKeys;
  isRecording: boolean;
  onRecording: (is: boolean) => void;
  onSave: (custom: Record<string, string | null>) => void;
}

function Row({ id, custom, isRecording, onRecording, onSave }: RowProps) {
  const { t } = useTranslation();
  const chords = shortcutsOf(id, custom);
  const isOwn = id in custom;
  const command = commandTitle(id, t);
  const platform = keyPlatform();
  return (
    <li data-command={id} className="flex min-h-10 items-center gap-2 px-3 py-1">
      <span className="min-w-32 flex-1">{command}</span>
      {isRecording ? (
        <KeyRecorder
          id={id}
          custom={custom}
          onRecord={(chord) => onSave(assignKeys(id, chord, custom, platform))}
          onClose={() => onRecording(false)}
        />
      ) : (
        <>
          {isOwn && <Badge tone="accent">{t('settings.keys.own')}</Badge>}
          <span className="flex min-w-0 flex-wrap items-center justify-end gap-x-2 gap-y-1">
            {chords.length === 0 ? (
              <span className="text-faint text-xs">{t('settings.keys.none')}</span>
            ) : (
              chords.map((chord) => (
                <span key={chord} className="inline-flex items-center gap-1">
                  {isKeptByBrowser(chord, platform) && (
                    <span title={t('settings.keys.browser')} className="text-warn">
                      <TriangleAlert role="img" aria-label={t('settings.keys.browser')} className="size-3.5" />
                    </span>
                  )}
                  <Keys chord={chord} />
                </span>
              ))
            )}
          </span>
          <span className="flex w-21 shrink-0 justify-end">
            {!FIXED_COMMANDS.has(id) && (
              <>
                {isOwn && (
                  <IconButton
                    icon={RotateCcw}
                    label={t('settings.keys.reset', { command })}
                    onClick={() => onSave(resetKeys(id, custom, platform))}
                  />
                )}
                {chords.length > 0 && (
                  <IconButton
                    icon={X}
                    label={t('settings.keys.remove', { command })}
                    onClick={() => onSave(removeKeys(id, custom, platform))}
                  />
                )}
                <IconButton icon={Keyboard} label={t('settings.keys.change', { command })} onClick={() => onRecording(true)} />
              </>
            )}
          </span>
        </>
      )}
    </li>
  );
}
