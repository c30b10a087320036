/**
 * @file What is dropped on the window from the system's file manager. The page itself is never told where a dropped file lies;
 * on the desktop preload is, and hands over the paths (see `shared/page-ports.ts`).
 */
import { FolderPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DROP_MESSAGE } from '../../shared/page-ports.ts';
import { useCurrentLibrary } from '../features/library/library-queries.ts';
import { showToast } from '../features/notification/toast-store.ts';
import { showDialog } from './dialog-store.ts';
import { useShell } from './shell.ts';

/** While files hang over the window, what dropping them would do; then, the dialog that does it. */
export function FileDrops() {
  const { t } = useTranslation();
  const isOver = useForeignDrag();
  const canAdd = useCurrentLibrary() != null;
  useDroppedPaths(canAdd);
  if (!isOver || !canAdd) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-60 grid place-items-center bg-[#0a1420]/35 dark:bg-black/55">
      <div
        role="status"
        className="flex animate-appear flex-col items-center rounded-2xl border-2 border-accent border-dashed bg-raised px-12 py-9 shadow-float"
      >
        <FolderPlus aria-hidden className="size-9 text-accent" strokeWidth={1.5} />
        <p className="mt-3 font-semibold text-base">{t('drop.title')}</p>
        <p className="mt-1 text-soft">{t('drop.text')}</p>
      </div>
    </div>
  );
}

/** Whether files of another program are being dragged over the window. Without this, dropping one would open it in place of the page. */
function useForeignDrag(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const isForeign = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!isForeign(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'link';
      setOver(true);
    };
    // Left for nothing else of the page, so for another window.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (isForeign(event)) event.preventDefault();
      setOver(false);
    };
    window.addEventListener('dragenter', over, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => controller.abort();
  }, []);
  return isOver;
}

function useDroppedPaths(canAdd: boolean): void {
  const { t } = useTranslation();
  const isDesktop = useShell((state) => state.client !== null);
  useEffect(() => {
    if (!canAdd) return;
    const controller = new AbortController();
    const add = (paths: string[]) => showDialog({ kind: 'add-location', paths });
    const receive = (event: MessageEvent) => {
      if (event.source !== window || event.data?.type !== DROP_MESSAGE || !Array.isArray(event.data.paths)) return;
      const paths = event.data.paths.filter((path: unknown) => typeof path === 'string' && path !== '');
      if (paths.length > 0) add(paths);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      const action = { label: t('drop.choose'), run: () => add([]) };
      showToast({ tone: 'neutral', title: t('drop.noPathTitle'), text: t('drop.noPathText'), action });
    };
    if (isDesktop) window.addEventListener('message', receive, { signal: controller.signal });
    else window.addEventListener('drop', drop, { signal: controller.signal });
    return () => controller.abort();
  }, [canAdd, isDesktop, t]);
}
