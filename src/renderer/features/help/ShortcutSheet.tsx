import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_IDS } from '../../../shared/command-keys.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { Modal } from '../../components/Modal.tsx';
import { chordText } from '../command/chord-text.ts';
import { COMMANDS, commandTitle, groupOf, isOffered } from '../command/commands.ts';
import { Keys } from '../command/Keys.tsx';
import { shortcutsOf, useCustomKeys } from '../command/shortcuts.ts';
import { openSetting } from '../settings/settings-place.ts';

/** Keys that no command has: they belong to what has the keyboard. */
const LIST_KEYS = [
  { id: 'move', chords: ['ArrowUp', 'ArrowDown'] },
  { id: 'extend', chords: ['shift+ArrowDown'] },
  { id: 'toggle', chords: ['mod+Space'] },
  { id: 'ends', chords: ['Home', 'End'] },
  { id: 'menu', chords: ['shift+F10'] },
  { id: 'clear', chords: ['Escape'] },
] as const;

/** All keys at one glance. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const custom = useCustomKeys((state) => state.custom);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const commands = COMMAND_IDS.filter((id) => isOffered(id) && !COMMANDS[id].isKeyOnly).flatMap((id) => {
    const chords = shortcutsOf(id, custom);
    return chords.length === 0
      ? []
      : [{ id: id as string, group: t(`commandGroup.${groupOf(id)}`), title: commandTitle(id, t), chords: chords.slice(0, 1) }];
  });
  const inLists = LIST_KEYS.map(({ id, chords }) => ({
    id: `list.${id}`,
    group: t('help.inLists'),
    title: t(`help.listKey.${id}`),
    chords: [...chords],
  }));
  const shown = [...commands, ...inLists].filter(({ title, group, chords }) =>
    [title, group, ...chords.map((chord) => chordText(chord, t))].some((text) => text.toLowerCase().includes(wanted)),
  );
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <Modal
      title={t('help.shortcuts')}
      isWide
      onClose={close}
      footer={
        <>
          <Button
            onClick={() => {
              close();
              openSetting('shortcuts');
            }}
          >
            {t('help.changeKeys')}
          </Button>
          <Button variant="primary" onClick={close}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <input
        type="search"
        aria-label={t('settings.keys.filter')}
        placeholder={t('settings.keys.filter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        className="mb-4 h-8.5 w-full rounded-lg border border-line-strong bg-canvas px-2.5 text-sm shadow-card placeholder:text-faint"
      />
      {groups.length === 0 && <p className="py-8 text-center text-soft">{t('settings.keys.nothing')}</p>}
      <div className="gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group} aria-label={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 font-medium text-faint text-xs">{group}</h3>
            <dl>
              {shown
                .filter((line) => line.group === group)
                .map(({ id, title, chords }) => (
                  <div key={id} className="flex min-h-7.5 items-center gap-3">
                    <dt className="min-w-0 flex-1 py-1 leading-4.5">{title}</dt>
                    <dd className="flex shrink-0 gap-1.5">
                      {chords.map((chord) => (
                        <Keys key={chord} chord={chord} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
