import { ChevronLeft, ChevronRight, ExternalLink, Maximize2, Minimize2, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useShell } from '../../app/shell.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { viewerOf } from './content-url.ts';
import { FilePreview } from './FilePreview.tsx';
import { closeQuickPreview, useQuickPreview } from './quick-preview-store.ts';
import { stepZoom, type Zoom } from './zoom.ts';

/** They go through the list, as if the preview were not there. */
const LIST_KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);
/** They move what is shown, in parts of what is in sight; the ends are far. */
const SCROLL_KEYS: Record<string, number> = { PageUp: -0.9, PageDown: 0.9, Home: -1e6, End: 1e6 };
/** What has keys of its own: a player's go through its film. */
const OWN_KEYS = 'video, audio, input, textarea';

/** What is chosen in the list, in front of it. It follows the list, and goes when nothing is chosen any more. */
export function QuickPreview() {
  const { isOpen } = useQuickPreview();
  const selection = useFileScope((state) => state.selection);
  const entry = selection.active ?? selection.entries[0];
  const isEmpty = entry === undefined;
  useEffect(() => {
    if (isOpen && isEmpty) closeQuickPreview();
  }, [isOpen, isEmpty]);
  return isOpen && entry ? <Overlay entry={entry} /> : null;
}

function Overlay({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { list, isFullSize } = useQuickPreview();
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  // A browser cannot open files in their programs.
  const canOpen = useShell((state) => state.client !== null) || entry.kind === 'folder';
  const content = useRef<HTMLDivElement>(null);
  const viewer = viewerOf(entry);
  const canZoom = viewer === 'image' || viewer === 'pdf';
  // Another file begins fitted, whatever the one before was like.
  const [shownPath, setShownPath] = useState(entry.path);
  if (shownPath !== entry.path) {
    setShownPath(entry.path);
    setZoom('fit');
    setSize(null);
  }
  const toggleSize = () => useQuickPreview.setState({ isFullSize: !isFullSize });
  const step = (direction: 1 | -1) => setZoom((now) => stepZoom(now === 'fit' ? 1 : now, direction));
  const open = () => {
    closeQuickPreview();
    useFileScope.getState().open();
  };

  const keys: Record<string, (() => void) | undefined> = {
    ' ': closeQuickPreview,
    Enter: canOpen ? open : undefined,
    f: toggleSize,
    '+': canZoom ? () => step(1) : undefined,
    '=': canZoom ? () => step(1) : undefined,
    '-': canZoom ? () => step(-1) : undefined,
    0: canZoom ? () => setZoom('fit') : undefined,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element) || target.closest(OWN_KEYS)) return;
    if (LIST_KEYS.has(key)) {
      event.preventDefault();
      pressInList(list, key);
      return;
    }
    const distance = SCROLL_KEYS[key];
    if (distance !== undefined) {
      event.preventDefault();
      const shown = content.current?.querySelector('[data-scrolls]');
      shown?.scrollBy({ top: distance * shown.clientHeight });
      return;
    }
    // A button is pressed by these.
    if ((key === ' ' || key === 'Enter') && target.closest('button')) return;
    const action = keys[key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && closeQuickPreview()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-[appear_120ms_ease-out] bg-[#0a1420]/45 dark:bg-black/60" />
        <Dialog.Content
          ref={content}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (list instanceof HTMLElement) list.focus({ preventScroll: true });
          }}
          className={classNames(
            'fixed z-50 flex animate-[appear_160ms_cubic-bezier(0.2,0.8,0.2,1)] flex-col overflow-hidden bg-raised shadow-float outline-none',
            isFullSize ? 'inset-0' : 'inset-x-[max(24px,8vw)] inset-y-[max(24px,6vh)] rounded-2xl',
          )}
        >
          <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
            <Title entry={entry} size={size} />
            {canZoom && <ZoomButtons zoom={zoom} onZoom={setZoom} onStep={step} />}
            <IconButton icon={ChevronLeft} label={t('preview.previous')} onClick={() => pressInList(list, 'ArrowUp')} />
            <IconButton icon={ChevronRight} label={t('preview.next')} onClick={() => pressInList(list, 'ArrowDown')} />
            <span aria-hidden className="mx-1 h-5 w-px bg-line" />
            {canOpen && <IconButton icon={ExternalLink} label={t('preview.openFile')} onClick={open} />}
            <IconButton
              icon={isFullSize ? Minimize2 : Maximize2}
              label={t(isFullSize ? 'preview.normalSize' : 'preview.fullSize')}
              onClick={toggleSize}
            />
            <Dialog.Close asChild>
              <IconButton icon={X} label={t('preview.close')} />
            </Dialog.Close>
          </header>
          <div className="relative min-h-0 flex-1 bg-sunken">
            <FilePreview entry={entry} zoom={zoom} onZoom={setZoom} onSize={setSize} autoPlay />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Title({ entry, size }: { entry: Entry; size: { width: number; height: number } | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { Icon, color, isFilled } = iconOfEntry(entry);
  const facts = [
    ...(entry.sizeBytes === null || entry.kind === 'symlink' ? [] : [format.size(entry.sizeBytes)]),
    ...(size ? [t('preview.pixels', { width: format.count(size.width), height: format.count(size.height) })] : []),
  ];
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2.5">
      <Icon
        aria-hidden
        className={`size-4.5 shrink-0 ${color}`}
        strokeWidth={1.7}
        {...(isFilled ? { fill: 'currentColor', fillOpacity: 0.25 } : {})}
      />
      <Dialog.Title className="min-w-0 truncate font-semibold text-sm">
        <Name>{entry.name}</Name>
      </Dialog.Title>
      <span className="shrink-0 text-faint text-xs tabular">{facts.join(' · ')}</span>
    </div>
  );
}

interface ZoomButtonsProps {
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  onStep: (direction: 1 | -1) => void;
}

function ZoomButtons({ zoom, onZoom, onStep }: ZoomButtonsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <IconButton icon={ZoomOut} label={t('preview.zoomOut')} onClick={() => onStep(-1)} />
      <button
        type="button"
        aria-label={t('preview.zoomFitLabel')}
        onClick={() => onZoom('fit')}
        className="h-7 min-w-14 rounded-lg px-2 text-soft text-xs tabular transition-colors hover:bg-hover hover:text-ink"
      >
        {zoom === 'fit' ? t('preview.zoomFit') : format.percent(zoom)}
      </button>
      <IconButton icon={ZoomIn} label={t('preview.zoomIn')} onClick={() => onStep(1)} />
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
    </>
  );
}

/** Lists move by keys in their own way: in one direction or two, loading what comes next. */
function pressInList(list: Element | null, key: string): void {
  list?.dispatchEvent(new window.KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
}
