import { useTranslation } from 'react-i18next';
import type { RenameRule } from '../../../shared/contract/file.ts';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { Check } from './Conflicts.tsx';

const PLACEHOLDERS = ['{name}', '{n}', '{n:3}', '{date}', '{time}', '{ext}'] as const;

/** The parts of a rule by which files are renamed. */
export function RenameRuleFields({ rule, onChange }: { rule: RenameRule; onChange: (rule: RenameRule) => void }) {
  const { t } = useTranslation();
  const set = (patch: Partial<RenameRule>) => onChange({ ...rule, ...patch });
  const isNumbered = rule.template?.includes('{n') ?? false;
  const number = (text: string, least: number) => Math.max(least, Math.trunc(Number(text)) || least);
  return (
    <div className="space-y-3.5">
      <div className="grid grid-cols-2 gap-3">
        <TextField label={t('file.find')} value={rule.find} autoFocus onChange={(event) => set({ find: event.target.value })} />
        <TextField label={t('file.replace')} value={rule.replace} onChange={(event) => set({ replace: event.target.value })} />
      </div>
      <div className="flex gap-6 *:mt-0">
        <Check label={t('file.isRegex')} isOn={rule.isRegex} onChange={(isRegex) => set({ isRegex })} />
        <Check label={t('file.isCaseSensitive')} isOn={rule.isCaseSensitive} onChange={(isCaseSensitive) => set({ isCaseSensitive })} />
      </div>
      <div>
        <TextField
          label={t('file.template')}
          placeholder="{name}"
          value={rule.template ?? ''}
          onChange={(event) => set({ template: event.target.value === '' ? null : event.target.value })}
        />
        <div className="mt-1.5 flex flex-wrap gap-1">
          {PLACEHOLDERS.map((placeholder) => (
            <button
              key={placeholder}
              type="button"
              onClick={() => set({ template: `${rule.template ?? ''}${placeholder}` })}
              className="h-6 rounded-md bg-pressed px-1.5 font-mono text-2xs text-soft hover:text-ink"
            >
              {placeholder}
            </button>
          ))}
        </div>
      </div>
      {isNumbered && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t('file.start')}
            type="number"
            min={0}
            value={rule.start}
            onChange={(event) => set({ start: number(event.target.value, 0) })}
          />
          <TextField
            label={t('file.step')}
            type="number"
            min={1}
            value={rule.step}
            onChange={(event) => set({ step: number(event.target.value, 1) })}
          />
        </div>
      )}
      <SelectField
        label={t('file.letters')}
        value={rule.letters}
        options={(['keep', 'lower', 'upper', 'title'] as const).map((value) => ({ value, label: t(`file.letter.${value}`) }))}
        onChange={(letters) => set({ letters })}
      />
    </div>
  );
}
