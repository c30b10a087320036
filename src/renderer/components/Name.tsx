import type { TextRange } from '../../shared/contract/search.ts';
import { classNames } from '../lib/class-names.ts';
import { displayName, displayParts, type NamePart } from '../lib/display-name.ts';

interface NameProps {
  children: string;
  className?: string;
  /** Where in it is what was searched for. */
  matches?: readonly TextRange[] | undefined;
}

/** A name that came from a disk or from a user, isolated from the text around it; what it hides stands out in it. */
export function Name({ children, className, matches }: NameProps) {
  const parts = displayParts(children, matches);
  return (
    <bdi className={className} title={displayName(children)}>
      {parts.map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing but their place.
        part.isMatch || part.isMark ? <Part key={index} part={part} /> : part.text,
      )}
    </bdi>
  );
}

function Part({ part: { text, isMark, isMatch } }: { part: NamePart }) {
  const shown = isMark ? <HiddenCharacter text={text} /> : text;
  return isMatch ? <mark className="rounded-[3px] bg-match text-ink">{shown}</mark> : shown;
}

/** Stands for a character that cannot be seen. The pictures of control characters are two tiny letters in one. */
function HiddenCharacter({ text }: { text: string }) {
  const size = text.length === 1 ? 'text-[1.25em] leading-none' : 'text-[0.8em]';
  return <span className={classNames('mx-px rounded bg-warn-wash px-1 font-medium font-mono text-warn', size)}>{text}</span>;
}
