import type { QueryProblem } from '../../../shared/contract/search.ts';
import { classNames } from '../../lib/class-names.ts';
import { stillThere } from './query-text.ts';
import { useSearchAnswer } from './search-answer-store.ts';

/** Lies below the field with the same letters, unseen, and underlines what is wrong in them. */
export function ProblemMarks({ text, scrolled }: { text: string; scrolled: number }) {
  const answered = useSearchAnswer();
  const problems = stillThere(answered.problems, answered.query, text);
  if (problems.length === 0) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 left-0 flex items-center whitespace-pre px-2 text-sm text-transparent"
      style={{ transform: `translateX(${-scrolled}px)` }}
    >
      <span>
        {piecesOf(text, problems).map(({ start, part, kind }) => (
          <span
            key={start}
            data-problem={kind}
            className={classNames(
              kind !== undefined && 'underline decoration-[1.5px] underline-offset-3',
              kind === 'mistake' && 'decoration-bad decoration-wavy',
              kind === 'unknown-yet' && 'decoration-warn decoration-dotted',
            )}
          >
            {part}
          </span>
        ))}
      </span>
    </div>
  );
}

/** The text in pieces, each with the kind of its problem, if it has one. Of problems that lie over each other the first counts. */
function piecesOf(text: string, problems: readonly QueryProblem[]): { start: number; part: string; kind?: QueryProblem['kind'] }[] {
  const pieces: { start: number; part: string; kind?: QueryProblem['kind'] }[] = [];
  let at = 0;
  for (const problem of [...problems].sort((a, b) => a.start - b.start)) {
    // What is missing has no letters of its own: the one before it is marked.
    const start = Math.max(at, problem.start === problem.end ? problem.start - 1 : problem.start);
    if (problem.end <= start) continue;
    if (start > at) pieces.push({ start: at, part: text.slice(at, start) });
    pieces.push({ start, part: text.slice(start, problem.end), kind: problem.kind });
    at = problem.end;
  }
  pieces.push({ start: at, part: text.slice(at) });
  return pieces;
}
