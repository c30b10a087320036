import { useTranslation } from 'react-i18next';
import { Segmented } from '../../components/Segmented.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { AGE_COLORS, AGES, type ColorBy, FAMILIES, FAMILY_COLORS } from './size-colors.ts';
import { useSizeMap } from './size-map-store.ts';
import type { SizeMapData } from './size-queries.ts';

/** What the map is of, and what its colours mean. */
export function SizeMapToolbar({ data }: { data: SizeMapData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const colorBy = useSizeMap((state) => state.colorBy);
  const { sizeBytes, fileCount } = data.folder;
  const facts = [
    ...(sizeBytes === null ? [] : [format.size(sizeBytes)]),
    ...(fileCount === null ? [] : [t('browser.filesBelow', { count: fileCount, shown: format.count(fileCount) })]),
    ...(data.source === 'locations' ? [t('sizeMap.onlyLocations')] : []),
    ...(data.source === 'memory' ? [t('sizeMap.inMemory')] : []),
  ];
  const choices: { value: ColorBy; label: string }[] = [
    { value: 'kind', label: t('sizeMap.byKind') },
    { value: 'age', label: t('sizeMap.byAge') },
  ];
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-1.5">
      <span className="text-soft text-xs tabular">{facts.join(' · ')}</span>
      <span className="ml-auto" />
      <ul aria-label={t('sizeMap.legend')} className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {colorBy === 'kind'
          ? FAMILIES.map((family) => <Key key={family} color={FAMILY_COLORS[family]} text={t(`sizeMap.family.${family}`)} />)
          : AGES.map((age) => <Key key={age} color={AGE_COLORS[age]} text={t(`sizeMap.age.${age}`)} />)}
      </ul>
      <Segmented
        label={t('sizeMap.colors')}
        value={colorBy}
        options={choices}
        onChange={(value) => useSizeMap.setState({ colorBy: value })}
      />
    </div>
  );
}

function Key({ color, text }: { color: string; text: string }) {
  return (
    <li className="flex items-center gap-1.5 text-2xs text-soft">
      <span aria-hidden className={classNames('size-2.5 rounded-[3px] ring-1 ring-ink/10 ring-inset', color)} />
      {text}
    </li>
  );
}
