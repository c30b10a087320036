import { useTranslation } from 'react-i18next';
import { isMac } from '../../lib/platform.ts';
import { chordKeys } from './chord-text.ts';

/** A chord, key by key, as it stands on the keyboard. */
export function Keys({ chord, isQuiet = false }: { chord: string; isQuiet?: boolean }) {
  const { t } = useTranslation();
  const keys = chordKeys(chord, t);
  return (
    <kbd className="inline-flex shrink-0 items-center gap-0.75 font-sans">
      {keys.map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the keys of a chord have nothing but their place.
          key={index}
          className={
            isQuiet
              ? 'text-2xs text-faint'
              : 'inline-flex h-5 min-w-5 items-center justify-center rounded-md border border-line-strong border-b-2 bg-canvas px-1.25 font-sans font-medium text-2xs text-soft'
          }
        >
          {isQuiet && !isMac && index < keys.length - 1 ? `${key}+` : key}
        </kbd>
      ))}
    </kbd>
  );
}
