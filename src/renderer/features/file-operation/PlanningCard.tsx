import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { displayName } from '../../lib/display-name.ts';
import { abandonTransfer, useTransferFlow } from './transfer-flow.ts';

/** While what goes is being counted: a large tree on a slow drive takes its time. */
export function PlanningCard() {
  const { t } = useTranslation();
  const { step, request } = useTransferFlow();
  if (step !== 'previewing' || !request) return null;
  return (
    <div
      role="status"
      className="pointer-events-auto flex animate-rise items-center gap-2.5 rounded-xl bg-raised py-2.5 pr-2.5 pl-3.5 shadow-float"
    >
      <Spinner className="size-4 text-accent" />
      <span className="min-w-0 flex-1">{t('transfer.planning', { name: displayName(request.destinationName) })}</span>
      <Button size="sm" variant="ghost" onClick={abandonTransfer}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
