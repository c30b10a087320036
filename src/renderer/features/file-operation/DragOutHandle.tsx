import { Grip } from 'lucide-react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../app/shell.ts';
import { useFileScope } from './file-scope.ts';
import { startNativeDrag } from './native-drag.ts';

/**
 * On the desktop, what is chosen can be dragged from here to other programs: the system itself carries it, as files. Rows are dragged within
 * the page, which alone can say at the pointer what dropping would do. Copying and pasting does the same by the keyboard.
 */
export function DragOutHandle() {
  const { t } = useTranslation();
  const isDesktop = useShell((state) => state.client !== null);
  if (!isDesktop) return null;
  const onDragStart = (event: DragEvent) => {
    event.preventDefault();
    const { chosen, chosenPaths } = useFileScope.getState();
    startNativeDrag({ paths: chosenPaths(), volumes: new Set(chosen().map(({ volumeFingerprint }) => volumeFingerprint)) });
  };
  return (
    <span
      role="img"
      aria-label={t('drag.out')}
      title={t('drag.out')}
      draggable
      onDragStart={onDragStart}
      className="inline-flex size-7 shrink-0 cursor-grab items-center justify-center rounded-lg text-soft hover:bg-hover hover:text-ink active:cursor-grabbing"
    >
      <Grip aria-hidden className="size-4" strokeWidth={1.9} />
    </span>
  );
}
