import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { query } from '../../app/engine.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { useFormat } from '../../lib/use-format.ts';

const MB = 1_000_000;
const CHOICES = [1 * MB, 5 * MB, 10 * MB, 25 * MB, 50 * MB, 100 * MB, 250 * MB];

/** The most that a copy or move may write, changed while it runs. */
export function SpeedLimit({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = typeof job.input.bytesPerSecond === 'number' ? job.input.bytesPerSecond : null;
  const [limit, setLimit] = useState(asked);
  const change = useMutation(query.files.limitSpeed.mutationOptions({ onSuccess: ({ bytesPerSecond }) => setLimit(bytesPerSecond) }));
  const values = limit === null || CHOICES.includes(limit) ? CHOICES : [...CHOICES, limit].sort((a, b) => a - b);
  return (
    <div className="space-y-2">
      <SelectField
        label={t('job.speedLimit')}
        value={limit === null ? 'none' : String(limit)}
        isDisabled={change.isPending}
        options={[
          { value: 'none', label: t('job.noLimit') },
          ...values.map((value) => ({ value: String(value), label: `${format.size(value)}/s` })),
        ]}
        onChange={(value) => change.mutate({ job: job.id, bytesPerSecond: value === 'none' ? null : Number(value) })}
      />
      <InlineError error={change.error} />
    </div>
  );
}
