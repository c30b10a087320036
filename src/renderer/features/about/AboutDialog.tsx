import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import appIcon from '../../../../resources/icon.svg';
import { CONTRACT_VERSION } from '../../../shared/contract/version.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { query } from '../../app/engine.ts';
import { useShell } from '../../app/shell.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Fact, FactList } from '../../components/Facts.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { Licences } from './Licences.tsx';

/** What this Mooring is: its version, what it runs on, and whose work is in it. */
export function AboutDialog() {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const system = useQuery(query.system.info.queryOptions());
  const app = useShell((state) => state.app);
  const [isCopied, setCopied] = useState(false);
  const { data } = system;
  const runtime = data && [
    ...(app ? [`Electron ${app.electron}`, `Chromium ${app.chrome}`] : []),
    `Node ${data.runtime.node}`,
    `SQLite ${data.runtime.sqlite}`,
  ];
  const copy = () => {
    const lines = data && runtime && [`Mooring ${data.version}`, `Contract ${CONTRACT_VERSION}`, data.device.osVersion, ...runtime];
    void navigator.clipboard.writeText((lines ?? []).join('\n')).then(
      () => setCopied(true),
      (error: unknown) => console.error('The clipboard did not take the version.', error),
    );
  };
  return (
    <Modal
      title={t('about.title')}
      onClose={close}
      footer={
        <>
          <Button icon={isCopied ? Check : Copy} disabled={!data} onClick={copy}>
            {isCopied ? t('about.copied') : t('about.copy')}
          </Button>
          <Button variant="primary" onClick={close} data-autofocus>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-4 pb-4">
        <img src={appIcon} alt="" className="size-16" draggable={false} />
        <div>
          <p className="font-semibold text-xl tracking-[-0.02em]">Mooring {data?.version}</p>
          <p className="mt-0.5 text-soft">{t('settings.tagline')}</p>
        </div>
      </div>
      <InlineError error={system.error} />
      {data && runtime && (
        <div className="-mx-4 rounded-xl border border-line bg-sunken">
          <FactList>
            <Fact label={t('about.device')}>
              <Name>{data.device.name}</Name> <span className="text-faint">({data.device.osVersion})</span>
            </Fact>
            <Fact label={t('about.engine')}>{t(`about.host.${data.host}`, { pid: data.pid, version: CONTRACT_VERSION })}</Fact>
            <Fact label={t('about.runtime')}>{runtime.join(' · ')}</Fact>
            <Fact label={t('settings.dataFolder')}>
              <Name className="break-all font-mono text-xs">{data.dataDir}</Name>
            </Fact>
            <Fact label={t('about.licence')}>MIT</Fact>
          </FactList>
        </div>
      )}
      <Licences />
    </Modal>
  );
}
