import { useTranslation } from 'react-i18next';

/** Whose work is in the program, behind one line. */
export function Licences() {
  const { t } = useTranslation();
  return (
    <details className="mt-3 -mx-4 rounded-xl border border-line bg-sunken">
      <summary className="rounded-xl px-4 py-2.5 font-medium">{t('about.others', { count: __LICENCES__.length })}</summary>
      <ul className="divide-y divide-line border-line border-t px-4 text-xs">
        {__LICENCES__.map(({ name, version, licence }) => (
          <li key={`${name} ${version}`} data-selectable className="flex gap-3 py-1.5">
            <span className="min-w-0 flex-1 break-words">
              {name} <span className="text-faint tabular">{version}</span>
            </span>
            <span className="text-soft">{licence}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
