import { classNames } from '../lib/class-names.ts';
import { displayName, displayParts } from '../lib/display-name.ts';

/** A name that came from a disk or from a user, isolated from the text around it; what it hides stands out in it. */
export function Name({ children, className }: { children: string; className?: string }) {
  const parts = displayParts(children);
  return (
    <bdi className={className} title={displayName(children)}>
      {parts.length === 1
        ? parts[0]?.text
        : parts.map(({ text, isMark }, index) =>
            isMark ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing but their place.
              <Mark key={index} text={text} />
            ) : (
              text
            ),
          )}
    </bdi>
  );
}

/** Stands for a character that cannot be seen. The pictures of control characters are two tiny letters in one. */
function Mark({ text }: { text: string }) {
  const size = text.length === 1 ? 'text-[1.25em] leading-none' : 'text-[0.8em]';
  return <span className={classNames('mx-px rounded bg-warn-wash px-1 font-medium font-mono text-warn', size)}>{text}</span>;
}
