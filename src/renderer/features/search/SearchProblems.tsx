import { CircleHelp, TriangleAlert } from 'lucide-react';
import type { QueryProblem } from '../../../shared/contract/search.ts';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { textOf } from './query-text.ts';
import { focusSearchField, problemsId } from './search-field.ts';
import { useProblemText } from './use-query-texts.ts';

/** What is wrong in the query, and where; a click leads there. The rest of the query counts nevertheless. */
export function SearchProblems({ query, problems }: { query: string; problems: readonly QueryProblem[] }) {
  const problemText = useProblemText();
  const paneId = usePaneId();
  return (
    <ul id={problemsId(paneId)} aria-live="polite" className="flex flex-col items-start gap-1 empty:hidden">
      {problems.map((problem) => {
        const isMistake = problem.kind === 'mistake';
        const Icon = isMistake ? TriangleAlert : CircleHelp;
        const place = textOf(query, problem);
        return (
          <li key={`${problem.start} ${problem.code}`} className="max-w-full">
            <button
              type="button"
              onClick={() => focusSearchField(problem)}
              className={classNames(
                'flex max-w-full items-start gap-2 rounded-lg px-2.5 py-1.5 text-left text-xs leading-4 transition-colors',
                isMistake ? 'bg-bad-wash text-bad' : 'bg-warn-wash text-warn',
              )}
            >
              <Icon aria-hidden className="mt-px size-3.5 shrink-0" strokeWidth={2} />
              <span className="min-w-0 break-words">
                {place !== '' && <bdi className="font-mono font-semibold">{displayName(place)}</bdi>}
                {place !== '' && ' — '}
                {displayName(problemText(problem))}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
