import { useTranslation } from 'react-i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { useFormat } from '../../lib/use-format.ts';

/** What an action amounts to, as the parts of one line: “240 files”, “1.2 GB”, “3 left as they were”. */
export function useActionParts(): (action: ActionRecord) => string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const files = (count: number) => t('transfer.files', { count, shown: format.count(count) });
  return ({ result, expected }) => {
    if (result?.kind === 'transfer') {
      const { filesCopied, bytesCopied } = result;
      const told = (['itemsMoved', 'verified', 'skipped', 'identical'] as const).filter((name) => result[name] > 0);
      return [
        ...(filesCopied > 0 ? [files(filesCopied), format.size(bytesCopied)] : []),
        ...told.map((name) => t(`action.${name}`, { count: result[name] })),
      ];
    }
    if (result?.kind === 'changes') return result.bytes > 0 ? [format.size(result.bytes)] : [];
    return expected !== null && expected.files > 0 ? [files(expected.files), format.size(expected.totalBytes)] : [];
  };
}
