import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';
import type { ChosenEntries } from '../file-operation/file-scope.ts';
import { Thumbnail } from '../preview/Thumbnail.tsx';
import { useVolumes } from '../volume/volume-queries.ts';
import { kindText, summarize } from './chosen-summary.ts';
import { Fact, FactGrid, Section } from './InspectorFacts.tsx';

/** So many lie in the pile, each a little turned. */
const PILE = ['-rotate-6 -translate-x-8', 'rotate-3 translate-x-7', 'rotate-0'];

/** What several entries are together. */
export function ChosenDetails({ selection: { entries, count } }: { selection: ChosenEntries }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const summary = useMemo(() => summarize(entries, count), [entries, count]);
  const names = volumes.filter(({ fingerprint }) => summary.volumes.includes(fingerprint));
  const { modified } = summary;
  const size = format.size(summary.sizeBytes);
  return (
    <>
      <div aria-hidden className="relative mx-4 h-48 overflow-hidden rounded-xl border border-line bg-sunken">
        {entries.slice(0, PILE.length).map((entry, index) => {
          const { Icon, color } = iconOfEntry(entry);
          return (
            <div
              key={entry.path}
              className={`absolute inset-0 m-auto grid h-28 w-36 place-items-center overflow-hidden rounded-lg border border-line bg-raised shadow-card ${PILE[index]}`}
            >
              <Thumbnail entry={entry} className="size-full object-cover">
                <Icon className={`size-10 ${color}`} strokeWidth={1.2} />
              </Thumbnail>
            </div>
          );
        })}
      </div>
      <h2 aria-live="polite" className="px-4 pt-3 pb-2.5 font-semibold text-sm">
        {t('inspector.selected', { count, shown: format.count(count) })}
      </h2>
      <Section title={t('inspector.general')}>
        <FactGrid>
          <Fact label={t('inspector.size')}>{summary.isLeast ? t('inspector.sizeAtLeast', { size }) : size}</Fact>
          <Fact label={t('inspector.kinds')}>
            <ul>
              {summary.kinds.map(([kind, number]) => (
                <li key={kind}>
                  {format.count(number)} × {kindText(kind, t)}
                </li>
              ))}
            </ul>
          </Fact>
          {modified && (
            <Fact label={t('inspector.modified')}>
              <span className="block">{t('inspector.from', { date: format.dateTime(modified.from) })}</span>
              <span className="block">{t('inspector.to', { date: format.dateTime(modified.to) })}</span>
            </Fact>
          )}
          {names.length > 0 && (
            <Fact label={t('inspector.drive')}>
              <ul>
                {names.map(({ fingerprint, name }) => (
                  <li key={fingerprint}>
                    <Name>{name}</Name>
                  </li>
                ))}
              </ul>
            </Fact>
          )}
        </FactGrid>
      </Section>
    </>
  );
}
