/** @file Settings of the simple kinds. Each makes the control of one setting, which is named as the setting is. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Config, ConfigPatch } from '../../../shared/contract/config.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import type { Setting, SettingId } from './setting.ts';

type Control = Setting['Control'];

/** On or off. */
export function toggle(id: SettingId, read: (config: Config) => boolean, write: (isOn: boolean) => ConfigPatch): Control {
  return function ToggleSetting({ config, update }) {
    const { t } = useTranslation();
    return <Toggle label={t(`settings.${id}`)} isOn={read(config)} onChange={(isOn) => update(write(isOn))} />;
  };
}

/** One of a few. @param options in their order, each with its name */
export function choice<T extends string>(
  id: SettingId,
  options: (t: TFunction) => readonly { value: T; label: string }[],
  read: (config: Config) => T,
  write: (value: T) => ConfigPatch,
): Control {
  return function ChoiceSetting({ config, update }) {
    const { t } = useTranslation();
    return <Segmented label={t(`settings.${id}`)} value={read(config)} options={options(t)} onChange={(value) => update(write(value))} />;
  };
}

/** One of several, in a list that opens. What the file says beside them is one of them, too. */
export function selection<T extends string>(
  id: SettingId,
  options: (t: TFunction) => readonly { value: T; label: string }[],
  read: (config: Config) => T,
  write: (value: T) => ConfigPatch,
): Control {
  return function SelectionSetting({ config, update }) {
    const { t } = useTranslation();
    const value = read(config);
    const known = options(t);
    return (
      <select
        aria-label={t(`settings.${id}`)}
        value={value}
        onChange={(event) => {
          const chosen = known.find((option) => option.value === event.target.value);
          if (chosen) update(write(chosen.value));
        }}
        className="h-8 max-w-56 rounded-lg border border-line-strong bg-canvas px-2 text-sm shadow-card"
      >
        {known.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  };
}

/** One of several lengths of time. @param steps in milliseconds */
export function duration(
  id: SettingId,
  steps: readonly number[],
  read: (config: Config) => number,
  write: (milliseconds: number) => ConfigPatch,
): Control {
  return function DurationSetting({ config, update }) {
    const { t, i18n } = useTranslation();
    const now = read(config);
    const all = steps.includes(now) ? steps : [...steps, now].sort((a, b) => a - b);
    return (
      <select
        aria-label={t(`settings.${id}`)}
        value={String(now)}
        onChange={(event) => update(write(Number(event.target.value)))}
        className="h-8 rounded-lg border border-line-strong bg-canvas px-2 text-sm shadow-card"
      >
        {all.map((step) => (
          <option key={step} value={String(step)}>
            {lengthText(step, i18n.language)}
          </option>
        ))}
      </select>
    );
  };
}

/** “100 milliseconds”, “2 minutes”. */
function lengthText(milliseconds: number, language: string): string {
  const [unit, size] = milliseconds < 1000 ? ['millisecond', 1] : milliseconds < 60_000 ? ['second', 1000] : ['minute', 60_000];
  return new Intl.NumberFormat(language, { style: 'unit', unit: String(unit), unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    milliseconds / Number(size),
  );
}
