import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { IndexMode } from '../../../shared/contract/location.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { TextField } from '../../components/TextField.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { draftProblems, type LocationDraft } from './location-draft.ts';

interface FieldsProps {
  draft: LocationDraft;
  onChange: (draft: LocationDraft) => void;
}

/** What is kept of a location: how much, whether it is watched, and what is left out. */
export function LocationFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ModeChoice draft={draft} onChange={onChange} />
      <Switch
        label={t('location.watch')}
        text={t('location.watchText')}
        isOn={draft.watch}
        onChange={(watch) => onChange({ ...draft, watch })}
      />
      <Rules draft={draft} onChange={onChange} />
    </>
  );
}

function ModeChoice({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div>
      <div className="flex items-center justify-between gap-4">
        <p className="font-medium">{t('location.mode')}</p>
        <Segmented
          label={t('location.mode')}
          value={draft.mode}
          options={IndexMode.options.map((mode) => ({ value: mode, label: t(`location.modeName.${mode}`) }))}
          onChange={(mode) => onChange({ ...draft, mode })}
        />
      </div>
      <p className="mt-1 text-soft text-xs leading-4.5">{t(`location.modeText.${draft.mode}`)}</p>
    </div>
  );
}

const RULES = ['skipSystemJunk', 'skipHidden', 'skipDevelopment', 'honourGitignore', 'crossVolumes'] as const;

function Rules({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const problems = draftProblems(draft);
  const sizeError = (isWrong: boolean) => (isWrong ? t('location.sizeUnclear') : null);
  return (
    <details className="group rounded-xl border border-line">
      <summary className="flex h-9 list-none items-center gap-1.5 rounded-xl px-2.5 font-medium hover:bg-hover">
        <ChevronRight aria-hidden className="size-3.5 text-faint transition-transform group-open:rotate-90" />
        <span className="shrink-0">{t('location.rules')}</span>
        <span className="ml-auto truncate pl-4 font-normal text-faint text-xs">{t('location.rulesText')}</span>
      </summary>
      <div className="space-y-4 border-line border-t px-3 pt-1 pb-4">
        <div className="divide-y divide-line">
          {RULES.map((rule) => (
            <Switch
              key={rule}
              label={t(`location.rule.${rule}`)}
              text={t(`location.ruleText.${rule}`)}
              isOn={draft.rules[rule]}
              onChange={(isOn) => onChange({ ...draft, rules: { ...draft.rules, [rule]: isOn } })}
            />
          ))}
        </div>
        <TextField
          label={t('location.onlyExtensions')}
          hint={t('location.onlyExtensionsHint')}
          placeholder="jpg, dng, mov"
          value={draft.onlyExtensions}
          onChange={(event) => onChange({ ...draft, onlyExtensions: event.target.value })}
        />
        <Globs draft={draft} onChange={onChange} />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t('location.minFileSize')}
            placeholder="10 kB"
            value={draft.minFileSize}
            error={sizeError(problems.minFileSize)}
            onChange={(event) => onChange({ ...draft, minFileSize: event.target.value })}
          />
          <TextField
            label={t('location.maxFileSize')}
            placeholder="4 GB"
            value={draft.maxFileSize}
            error={problems.isUpsideDown ? t('location.sizesUpsideDown') : sizeError(problems.maxFileSize)}
            onChange={(event) => onChange({ ...draft, maxFileSize: event.target.value })}
          />
        </div>
      </div>
    </details>
  );
}

function Globs({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-soft text-xs">
        {t('location.excludeGlobs')}
      </label>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        placeholder={'*.bak\ncache/**'}
        value={draft.excludeGlobs}
        onChange={(event) => onChange({ ...draft, excludeGlobs: event.target.value })}
        className="block w-full resize-y rounded-lg border border-line-strong bg-canvas px-2.5 py-1.5 font-mono text-xs leading-5 shadow-card placeholder:text-faint focus-visible:outline-offset-0"
      />
      <p id={`${id}-hint`} className="mt-1.5 text-faint text-xs">
        {t('location.excludeGlobsHint')}
      </p>
    </div>
  );
}

function Switch({ label, text, isOn, onChange }: { label: string; text: ReactNode; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <div className="flex items-center gap-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{label}</p>
        <p className="text-soft text-xs leading-4.5">{text}</p>
      </div>
      <Toggle label={label} isOn={isOn} onChange={onChange} />
    </div>
  );
}
