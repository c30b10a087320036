import { FolderOpen, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { Button } from '../../components/Button.tsx';
import { useOpenHit, useWhereabouts } from './use-open-hit.ts';

/** Below the list while a hit is selected whose drive is not plugged in: which one that is, and where it was last seen. */
export function AwayHit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const { title, text } = useWhereabouts()(hit);
  const { showInFolder } = useOpenHit();
  return (
    <div role="status" className="mx-4 mb-2.5 flex shrink-0 items-center gap-3 rounded-xl bg-warn-wash py-2.5 pr-2.5 pl-3.5">
      <Unplug aria-hidden className="size-4.5 shrink-0 text-warn" strokeWidth={1.8} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{title}</p>
        <p className="mt-0.5 break-words text-soft text-xs">{text}</p>
      </div>
      <Button size="sm" icon={FolderOpen} onClick={() => showInFolder(hit)}>
        {t('search.showInFolder')}
      </Button>
    </div>
  );
}
