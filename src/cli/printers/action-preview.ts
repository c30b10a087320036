import type { ActionPreview } from '#shared/contract/action.ts';
import type { ConflictSide, FileConflict } from '#shared/contract/file.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { Session } from '../session.ts';
import { formatCount, formatDuration, formatNumber, formatSize, formatTime } from './figures.ts';
import type { Places } from './places.ts';
import { safeText } from './safe-text.ts';

type Output = Pick<Session, 'colors' | 'units'>;

/** So many of each list are shown; programs get all that there are. */
const SHOWN = 20;

const STRATEGIES = { rename: 'renamed in place', clone: 'cloned', kernel: 'copied by the system', stream: 'read and written' } as const;

/** What an action would do, for people. @param volumes for the names of drives */
export function formatPreview(
  preview: ActionPreview,
  output: Output,
  at: Places,
  volumes: readonly Pick<Volume, 'fingerprint' | 'name'>[],
): string {
  const { colors, units } = output;
  const nameOf = (fingerprint: string | null) =>
    safeText(volumes.find((volume) => volume.fingerprint === fingerprint)?.name ?? 'an unknown drive');
  const size = (bytes: number) => formatSize(bytes, units);
  const lines = [countLine(preview, output)];
  for (const { strategy, from, to, files, bytes } of preview.transfers) {
    const way = from === to ? `within ${nameOf(from)}` : `from ${nameOf(from)} to ${nameOf(to)}`;
    lines.push(`  ${formatCount(files, 'file')}, ${size(bytes)}: ${STRATEGIES[strategy]}, ${way}`);
  }
  lines.push(
    ...listed(
      preview.changes.map((change) => plannedText(change, at)),
      preview.changeCount,
    ),
  );
  if (preview.space) {
    const { neededBytes, availableBytes, availableAfterBytes, volume, fits } = preview.space;
    const line = `Needs ${size(neededBytes)} on ${nameOf(volume)}, which has ${size(availableBytes)} free`;
    lines.push(fits ? `${line}, and ${size(availableAfterBytes)} afterwards.` : colors.red(`${line}: that does not fit.`));
  }
  if (preview.conflictCount > 0) {
    const unanswered = preview.unansweredCount > 0 ? `, ${formatNumber(preview.unansweredCount)} without an answer` : '';
    lines.push(colors.yellow(`${formatCount(preview.conflictCount, 'name is', 'names are')} taken${unanswered}:`));
    lines.push(
      ...listed(
        preview.conflicts.map((conflict) => conflictText(conflict, output, at)),
        preview.conflictCount,
      ),
    );
  }
  if (preview.obstacleCount > 0) {
    lines.push(colors.yellow(`${formatCount(preview.obstacleCount, 'item')} cannot be done as it is:`));
    const texts = preview.obstacles.map(({ path, message, proposedName }) => {
      const proposal = proposedName === null ? '' : ` It could be called “${safeText(proposedName)}”.`;
      return `${at(path)}: ${safeText(message)}${proposal}`;
    });
    lines.push(...listed(texts, preview.obstacleCount));
  }
  if (preview.waitsFor.length > 0) lines.push(`It would wait until plugged in: ${preview.waitsFor.map(nameOf).join(', ')}.`);
  if (preview.secondsEstimated !== null) lines.push(`It would take ${timeText(preview.secondsEstimated)}.`);
  lines.push(preview.undo.isPossible ? 'It can be undone.' : `It cannot be undone. ${safeText(preview.undo.reason ?? '')}`.trimEnd());
  return lines.join('\n');
}

/** A name that is taken, on one line. */
function conflictText(conflict: FileConflict, output: Pick<Output, 'units'>, at: Places): string {
  const { source, target, kind } = conflict;
  const remark = kind === 'mismatch' ? ' (only one of them is a folder)' : '';
  return `${at(target.path)} (${sideText(target, output)}) is in the way of ${at(source.path)} (${sideText(source, output)})${remark}`;
}

/** Both sides of a name that is taken, below each other, as an answer needs them. */
export function conflictLines({ source, target, kind }: FileConflict, output: Pick<Output, 'units'>, at: Places): string {
  const remark = kind === 'mismatch' ? ['  Only one of them is a folder: skip it, or keep both.'] : [];
  const line = (word: string, side: ConflictSide) => `  ${word}  ${at(side.path)}  ${sideText(side, output)}`;
  return [line('is there', target), line('would be', source), ...remark].join('\n');
}

function sideText({ kind, sizeBytes, modifiedAt }: ConflictSide, { units }: Pick<Output, 'units'>): string {
  return `${kind === 'folder' ? 'a folder' : formatSize(sizeBytes, units)}, ${formatTime(modifiedAt)}`;
}

function countLine({ files, folders, symlinks, totalBytes }: ActionPreview, { units }: Output): string {
  const parts = [formatCount(files, 'file'), formatCount(folders, 'folder')];
  if (symlinks > 0) parts.push(formatCount(symlinks, 'link'));
  return `${parts.join(', ')}: ${formatSize(totalBytes, units)}.`;
}

function plannedText({ from, to }: { from: string | null; to: string | null }, at: Places): string {
  if (from === null) return `new: ${at(to ?? '')}`;
  return to === null ? at(from) : `${at(from)} → ${at(to)}`;
}

function timeText(seconds: number): string {
  return seconds < 1 ? 'less than a second' : `about ${formatDuration(seconds)}`;
}

function listed(texts: readonly string[], count: number): string[] {
  const shown = texts.slice(0, SHOWN).map((text) => `  ${text}`);
  const rest = count - shown.length;
  return rest > 0 ? [...shown, `  … and ${formatNumber(rest)} more`] : shown;
}
