import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import type { ConflictAnswer } from '../../../shared/contract/file.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useConfig } from '../settings/settings-queries.ts';
import { Conflicts } from './Conflicts.tsx';
import { Obstacles } from './Obstacles.tsx';
import { Space, Strategies, WaitsFor } from './TransferFacts.tsx';
import {
  abandonTransfer,
  runTransfer,
  startTransfer,
  type TransferAnswers,
  type TransferRequest,
  useTransferFlow,
} from './transfer-flow.ts';
import { VerifySelect } from './VerifySelect.tsx';

/** What has to be asked or said before files are copied or moved; nothing while all is well. */
export function TransferDialogs() {
  const { step, request, preview, error } = useTransferFlow();
  const { t } = useTranslation();
  if (!request) return null;
  const name = displayName(request.destinationName);
  if (step === 'failed') {
    return (
      <Modal
        title={t(`transfer.failedTitle.${request.operation}`, { name })}
        onClose={abandonTransfer}
        footer={
          <>
            <Button onClick={abandonTransfer}>{t('common.close')}</Button>
            <Button variant="primary" onClick={() => startTransfer(request)}>
              {t('common.retry')}
            </Button>
          </>
        }
      >
        <InlineError error={error} />
      </Modal>
    );
  }
  if (!preview) return null;
  return <TransferQuestion request={request} preview={preview} name={name} isStarting={step === 'starting'} />;
}

/** Keeping both loses nothing, whatever the user overlooks. */
const HARMLESS: Omit<TransferAnswers, 'verify'> = { onConflict: 'rename', answers: new Map(), skipIdentical: false, unfitNames: 'skip' };

interface QuestionProps {
  request: TransferRequest;
  preview: ActionPreview;
  name: string;
  isStarting: boolean;
}

function TransferQuestion({ request, preview, name, isStarting }: QuestionProps) {
  const { t } = useTranslation();
  const { operation } = request;
  const verify = useConfig()?.copying.verify ?? 'auto';
  const [answers, setAnswers] = useState<TransferAnswers>({ ...HARMLESS, verify });
  const { conflictCount, obstacleCount, space, waitsFor } = preview;
  const hasConflicts = conflictCount > 0;
  const fits = space?.fits !== false;
  const answerOne = (source: string, answer: ConflictAnswer) =>
    setAnswers((old) => ({ ...old, answers: new Map(old.answers).set(source, answer) }));
  // One answer for all takes the place of those given before.
  const answerAll = (onConflict: ConflictAnswer) => setAnswers((old) => ({ ...old, onConflict, answers: new Map() }));
  const title = hasConflicts
    ? t('transfer.conflictTitle', { count: conflictCount, name })
    : t(`transfer.confirmTitle.${operation}`, { name });
  return (
    <Modal
      isWide
      title={title}
      description={<Amount preview={preview} operation={operation} />}
      onClose={abandonTransfer}
      footer={
        <>
          <Button variant="ghost" className="mr-auto" onClick={abandonTransfer}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" busy={isStarting} disabled={!fits} onClick={() => void runTransfer(answers)} data-autofocus>
            {waitsFor.length > 0 ? t('transfer.queue') : t(`transfer.start.${operation}`)}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {waitsFor.length > 0 && <WaitsFor fingerprints={waitsFor} operation={operation} />}
        {space && <Space space={space} />}
        <Strategies preview={preview} />
        {hasConflicts && (
          <Conflicts
            preview={preview}
            answers={answers}
            onAnswer={answerOne}
            onAnswerAll={answerAll}
            onSkipIdentical={(skipIdentical) => setAnswers((old) => ({ ...old, skipIdentical }))}
          />
        )}
        {obstacleCount > 0 && (
          <Obstacles
            preview={preview}
            isRenaming={answers.unfitNames === 'rename'}
            onRename={(isOn) => setAnswers((old) => ({ ...old, unfitNames: isOn ? 'rename' : 'skip' }))}
          />
        )}
        <VerifySelect operation={operation} value={answers.verify} onChange={(verify) => setAnswers((old) => ({ ...old, verify }))} />
      </div>
    </Modal>
  );
}

/** “240 files in 12 folders, 1.2 GB. About 3m.” */
function Amount({ preview, operation }: { preview: ActionPreview; operation: TransferRequest['operation'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { files, folders, totalBytes, secondsEstimated, waitsFor } = preview;
  if (waitsFor.length > 0 && files + folders === 0) return t(`transfer.unknownAmount.${operation}`);
  const parts = [
    t('transfer.files', { count: files, shown: format.count(files) }),
    ...(folders > 0 ? [t('transfer.folders', { count: folders, shown: format.count(folders) })] : []),
    format.size(totalBytes),
    ...(secondsEstimated === null ? [] : [t('transfer.about', { time: format.duration(secondsEstimated) })]),
  ];
  return parts.join(' · ');
}
