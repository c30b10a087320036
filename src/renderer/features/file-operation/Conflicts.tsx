import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import { ConflictAnswer, type FileConflict } from '../../../shared/contract/file.ts';
import { Badge } from '../../components/Facts.tsx';
import { Name } from '../../components/Name.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { classNames } from '../../lib/class-names.ts';
import { lastName } from '../../lib/entry-path.ts';
import { splitName } from '../../lib/split-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';
import { Thumbnail } from '../preview/Thumbnail.tsx';
import type { TransferAnswers } from './transfer-flow.ts';

const SHOWN = 100;
/** FAT keeps times in steps of two seconds: what is closer may be the same. */
const TIME_STEP_MS = 2000;
/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };
/** A folder in place of a file, or the other way round, cannot be overwritten. */
const ANSWERS = { file: ['rename', 'newer', 'overwrite', 'skip'], mismatch: ['rename', 'skip'] } as const satisfies Record<
  FileConflict['kind'],
  readonly ConflictAnswer[]
>;

interface ConflictsProps {
  preview: ActionPreview;
  answers: TransferAnswers;
  onAnswer: (source: string, answer: ConflictAnswer) => void;
  onAnswerAll: (answer: ConflictAnswer) => void;
  onSkipIdentical: (isOn: boolean) => void;
}

/** Both sides of each name that is taken, one answer for all of them, and another one for any of them. */
export function Conflicts({ preview, answers, onAnswer, onAnswerAll, onSkipIdentical }: ConflictsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const more = preview.conflictCount - Math.min(preview.conflicts.length, SHOWN);
  const forAll = ConflictAnswer.safeParse(answers.onConflict).data ?? 'rename';
  const options = (kind: FileConflict['kind']) => ANSWERS[kind].map((value) => ({ value, label: t(`transfer.answer.${value}`) }));
  return (
    <section aria-label={t('transfer.conflicts')}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium text-soft text-xs">{t('transfer.forAll')}</h3>
        <Segmented label={t('transfer.forAll')} value={forAll} options={options('file')} onChange={onAnswerAll} />
      </div>
      <ul
        aria-label={t('transfer.conflicts')}
        {...SCROLLABLE}
        className="max-h-72 divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {preview.conflicts.slice(0, SHOWN).map((conflict) => {
          const own = answers.answers.get(conflict.source.path);
          const answer = own ?? (conflict.kind === 'mismatch' && forAll !== 'skip' ? 'rename' : forAll);
          return (
            <li key={conflict.source.path} className="px-3 py-2.5">
              <div className="flex items-center gap-3">
                <Name className="min-w-0 flex-1 truncate font-medium">{lastName(conflict.target.path)}</Name>
                <Segmented
                  label={t('transfer.answerFor', { name: lastName(conflict.target.path) })}
                  value={answer}
                  options={options(conflict.kind)}
                  onChange={(value) => onAnswer(conflict.source.path, value)}
                />
              </div>
              {conflict.kind === 'mismatch' && <p className="mt-1 text-warn text-xs">{t('transfer.mismatch')}</p>}
              <div className="mt-2 grid grid-cols-2 gap-2">
                <Side label={t('transfer.incoming')} side={conflict.source} other={conflict.target} />
                <Side label={t('transfer.existing')} side={conflict.target} other={conflict.source} />
              </div>
            </li>
          );
        })}
        {more > 0 && <li className="px-3 py-2 text-soft">{t('transfer.more', { count: more, shown: format.count(more) })}</li>}
      </ul>
      <Check
        label={t('transfer.skipIdentical')}
        hint={t('transfer.skipIdenticalText')}
        isOn={answers.skipIdentical}
        onChange={onSkipIdentical}
      />
    </section>
  );
}

/** One of two files of a name: what it is, and in what it exceeds the other. */
function Side({ label, side, other }: { label: string; side: FileConflict['source']; other: FileConflict['source'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = lastName(side.path);
  const extension = splitName(name).extension.slice(1) || null;
  const { Icon, color, isFilled } = iconOfEntry({ kind: side.kind, extension });
  const isFile = side.kind === 'file' && other.kind === 'file';
  const isNewer = isFile && Date.parse(side.modifiedAt) - Date.parse(other.modifiedAt) > TIME_STEP_MS;
  const isLarger = isFile && side.sizeBytes > other.sizeBytes;
  return (
    <div className="flex min-w-0 items-center gap-2.5 rounded-lg bg-sunken px-2.5 py-2">
      <span className="grid size-12 shrink-0 place-items-center overflow-hidden rounded-md bg-raised shadow-card">
        <Thumbnail entry={{ ...side, name, linkTarget: null, problem: null }} className="size-full object-cover">
          <Icon
            aria-hidden
            className={classNames('size-6', color)}
            strokeWidth={1.6}
            fill={isFilled ? 'currentColor' : 'none'}
            fillOpacity={0.28}
          />
        </Thumbnail>
      </span>
      <div className="min-w-0 flex-1 text-xs leading-4.5">
        <p className="flex items-center gap-1.5 text-2xs text-faint">
          {label}
          {isNewer && <Badge tone="accent">{t('transfer.newer')}</Badge>}
          {isLarger && <Badge>{t('transfer.larger')}</Badge>}
        </p>
        <p className="truncate tabular">
          {side.kind === 'file' ? format.size(side.sizeBytes) : t(`entryKind.${side.kind}`)} · {format.dateTime(side.modifiedAt)}
        </p>
      </div>
    </div>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export function Check({ label, hint, isOn, onChange }: CheckProps) {
  const id = useId();
  return (
    <label className="mt-3 flex items-start gap-2.5">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={hint ? id : undefined}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span>
        {label}
        {hint && (
          <span id={id} className="block text-faint text-xs">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
