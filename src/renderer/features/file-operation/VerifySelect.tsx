import { useTranslation } from 'react-i18next';
import type { VerifyChoice } from '../../../shared/contract/file.ts';
import { SelectField } from '../../components/SelectField.tsx';

interface VerifySelectProps {
  operation: 'copy' | 'move';
  value: VerifyChoice;
  onChange: (choice: VerifyChoice) => void;
}

const CHOICES: readonly VerifyChoice[] = ['auto', 'hash', 'size', 'none'];

/** How far a copy is trusted. A move to another drive always reads again what it has written: there, nothing is to choose. */
export function VerifySelect({ operation, value, onChange }: VerifySelectProps) {
  const { t } = useTranslation();
  if (operation === 'move') return <p className="text-faint text-xs">{t('transfer.moveVerified')}</p>;
  return (
    <SelectField
      label={t('transfer.verify')}
      value={value}
      options={CHOICES.map((choice) => ({ value: choice, label: t(`transfer.verifyChoice.${choice}`) }))}
      onChange={onChange}
    />
  );
}
