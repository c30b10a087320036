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
              <span key={index} className="mx-px rounded bg-warn-wash px-1 font-medium font-mono text-[0.8em] text-warn">
                {text}
              </span>
            ) : (
              text
            ),
          )}
    </bdi>
  );
}
