/**
 * @file What is dropped on the window from the system's file manager. The page itself is never told where a dropped file lies;
 * on the desktop preload is, and hands over the paths (see `shared/page-ports.ts`). On a folder they are copied there, beside all folders
 * they become locations.
 */
import { FolderPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DROP_MESSAGE } from '../../shared/page-ports.ts';
import { useDrag } from '../features/file-operation/drag-store.ts';
import { dropInto } from '../features/file-operation/drop-into.ts';
import { useCurrentLibrary } from '../features/library/library-queries.ts';
import { showToast } from '../features/notification/toast-store.ts';
import { showDialog } from './dialog-store.ts';
import { useShell } from './shell.ts';

/** While files hang over the window, what dropping them would do; then, the dialog that does it. */
export function FileDrops() {
  const { t } = useTranslation();
  const isOverFolder = useDrag((state) => state.over !== null);
  const isOver = useForeignDrag();
  const canAdd = useCurrentLibrary() != null;
  useDroppedPaths(canAdd);
  if (!isOver || isOverFolder || !canAdd) return null;
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
    const isForeign = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && useDrag.getState().sources.length === 0;
    const over = (event: DragEvent) => {
      if (!isForeign(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'link';
      setOver(true);
    };
    // Left for nothing else of the page, so for another window.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
      setOver(false);
    };
    window.addEventListener('dragenter', over, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    // Before whatever it is dropped on, which keeps the event to itself.
    window.addEventListener('drop', drop, { signal, capture: true });
    return () => controller.abort();
  }, []);
  return isOver;
}

function useDroppedPaths(canAdd: boolean): void {
  const { t } = useTranslation();
  const isDesktop = useShell((state) => state.client !== null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const add = (paths: string[]) => canAdd && showDialog({ kind: 'add-location', paths });
    const receive = (event: MessageEvent) => {
      if (event.source !== window || event.data?.type !== DROP_MESSAGE || !Array.isArray(event.data.paths)) return;
      const { landing, sources } = useDrag.getState();
      useDrag.setState({ landing: null });
      const paths = event.data.paths.filter((path: unknown) => typeof path === 'string' && path !== '');
      // What came from a list of ours is where it was dropped already.
      if (paths.length === 0 || sources.length > 0) return;
      if (landing) dropInto(paths, landing, landing.operation);
      else add(paths);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      const action = { label: t('drop.choose'), run: () => add([]) };
      showToast({ tone: 'neutral', title: t('drop.noPathTitle'), text: t('drop.noPathText'), ...(canAdd ? { action } : {}) });
    };
    if (isDesktop) window.addEventListener('message', receive, { signal });
    else window.addEventListener('drop', drop, { signal, capture: true });
    return () => controller.abort();
  }, [canAdd, isDesktop, t]);
}
