import i18next from 'i18next';
import { MOST_DRAGGED } from '../../../shared/contract/shell.ts';
import { useShell } from '../../app/shell.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { useDrag } from './drag-store.ts';
import { isPlain } from './plain-address.ts';

/** Has the system drag files, so that other programs can take them. What is dropped in the page itself is known there by the store. */
export function startNativeDrag({ paths, volumes }: { paths: string[]; volumes: ReadonlySet<string | null> }): void {
  const { client } = useShell.getState();
  if (!client || paths.length === 0) return;
  const problem = problemWith(paths);
  if (problem !== null) {
    showToast({ tone: 'neutral', title: problem });
    return;
  }
  useDrag.getState().start({ paths, volumes });
  client
    .startDrag({ paths })
    .catch((error: unknown) => showToast({ tone: 'bad', title: i18next.t('drag.failed'), text: errorText(error) }))
    .finally(() => useDrag.getState().end());
}

function problemWith(paths: readonly string[]): string | null {
  if (paths.length > MOST_DRAGGED) return i18next.t('drag.tooMany', { most: MOST_DRAGGED });
  // As text, a name of bytes that are not UTF-8 would be that of another file.
  return paths.every(isPlain) ? null : i18next.t('drag.notPlain');
}
