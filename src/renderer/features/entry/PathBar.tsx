import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lastName, stepsBelow } from '../../lib/entry-path.ts';
import { usePathScope } from '../file-operation/file-scope.ts';
import type { BrowserPlace } from './browser-place.ts';
import { PathField } from './PathField.tsx';
import { PathSteps } from './PathSteps.tsx';

/** Where the list is: step by step, or, to be written, as text. */
export function PathBar({ place, folder }: { place: BrowserPlace; folder: string }) {
  const { t } = useTranslation();
  const [isEdited, setEdited] = useState(false);
  const edit = useCallback(() => setEdited(true), []);
  usePathScope(edit);
  // A folder reached by another mount point of the volume has no steps below this one: its own name has to do.
  const steps = stepsBelow(place.root, folder) ?? [{ name: lastName(folder), path: folder }];
  return (
    <nav aria-label={t('browser.path')} className="flex h-8 min-w-0 flex-1 items-center">
      {isEdited ? (
        <PathField place={place} folder={folder} onClose={() => setEdited(false)} />
      ) : (
        <PathSteps place={place} steps={[{ name: place.name, path: place.root }, ...steps]} onEdit={edit} />
      )}
    </nav>
  );
}
