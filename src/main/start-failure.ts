import { dialog, shell } from 'electron';
import type { MooringError } from '#shared/contract/error.ts';
import type { Texts } from './texts.ts';

/** Tells that there is no engine, and asks what now. */
export async function askAfterFailure(error: MooringError, texts: Texts, logsFolder: string): Promise<'again' | 'quit'> {
  const { t } = texts;
  const buttons = [t('dialog.tryAgain'), t('dialog.showLogs'), t('dialog.quit')];
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t('dialog.startFailed'),
      detail: error.message,
      buttons,
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response !== 1) return response === 0 ? 'again' : 'quit';
    await shell.openPath(logsFolder);
  }
}
