import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { toMooringError } from '../../../shared/contract/error.ts';
import { LockHolder } from '../../../shared/contract/library.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { useSwitchLibrary } from './library-queries.ts';

const LockDetails = z.object({ holder: LockHolder, canTakeOver: z.literal(true) });

/** Who has the library open on another computer, where the user may say that it is not so any more; else null. */
function holderElsewhere(error: unknown): LockHolder | null {
  const { code, details } = toMooringError(error);
  return code === 'LIBRARY_LOCKED' ? (LockDetails.safeParse(details).data?.holder ?? null) : null;
}

/** Opens a library, by id or path, and makes it the current one; asks when another computer seems to have it open. */
export function useEnterLibrary() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { mutate, isPending } = useSwitchLibrary();
  return {
    isPending,
    /** `onError` is told of everything that has no dialog of its own; without it, a toast tells. */
    enter: (library: string, name: string, { onDone, onError }: { onDone?: () => void; onError?: (error: unknown) => void } = {}) =>
      mutate(
        { library },
        {
          onSuccess: () => onDone?.(),
          onError: (error) => {
            const holder = holderElsewhere(error);
            if (holder) showDialog({ kind: 'take-over-library', library, name, holder });
            else if (onError) onError(error);
            else showToast({ tone: 'bad', title: t('library.switchFailed', { name }), text: errorText(error) });
          },
        },
      ),
  };
}
