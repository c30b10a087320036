import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/Button.tsx';
import { saveText } from '../../lib/save-text.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { fetchReport } from './fetch-report.ts';
import { type ReportFormat, reportText } from './report-text.ts';

const FORMATS: readonly ReportFormat[] = ['csv', 'json'];

/** Saves what became of every file, with its checksum, as a table or as JSON. */
export function TransferReport({ job }: { job: Job }) {
  const { t } = useTranslation();
  const readable = useReadableAddress();
  const [busy, setBusy] = useState<ReportFormat | null>(null);
  const save = async (format: ReportFormat) => {
    setBusy(format);
    try {
      const lines = await fetchReport(job.id);
      const isSaved = await saveText(
        `mooring-${job.createdAt.slice(0, 10)}-${job.id.slice(0, 8)}.${format}`,
        reportText(lines, format, readable),
      );
      if (isSaved) showToast({ tone: 'good', title: t('job.reportSaved', { count: lines.length }) });
    } catch (error) {
      showToast({ tone: 'bad', title: t('job.reportFailed'), text: errorText(error) });
    } finally {
      setBusy(null);
    }
  };
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-soft text-xs">{t('job.report')}</span>
      <span className="flex gap-2">
        {FORMATS.map((format) => (
          <Button
            key={format}
            size="sm"
            icon={FileDown}
            busy={busy === format}
            disabled={busy !== null}
            aria-label={t('job.saveReport', { format: format.toUpperCase() })}
            onClick={() => void save(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </span>
    </div>
  );
}
