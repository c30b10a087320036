import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { NoPreview } from './NoPreview.tsx';
import { PreviewLoading } from './PreviewLoading.tsx';
import { stepZoom, type Zoom } from './zoom.ts';

/** Of a picture that has no size of its own, such as many drawings. */
const SIZELESS = { width: 512, height: 512 };

export interface ImagePreviewProps {
  entry: Entry;
  url: string;
  zoom: Zoom;
  /** Left out: it cannot be enlarged. */
  onZoom?: ((zoom: Zoom) => void) | undefined;
  /** Told when the picture is there: its own size in pixels. */
  onSize?: ((size: { width: number; height: number }) => void) | undefined;
}

/** A picture, fitted into its place or as large as one likes; it is moved by dragging. */
export function ImagePreview({ entry, url, zoom, onZoom, onSize }: ImagePreviewProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const room = useElementSize(frame);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const fitted = size ? Math.min(1, room.width / size.width, room.height / size.height) : 1;
  const scale = zoom === 'fit' ? fitted : zoom;
  const isLarger = size !== null && (size.width * scale > room.width + 1 || size.height * scale > room.height + 1);
  const drag = useDragToScroll(isLarger);
  useWheelZoom(frame, onZoom && ((direction) => onZoom(stepZoom(scale, direction))));

  if (hasFailed) return <NoPreview entry={entry} text={t('preview.notAnImage')} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has the buttons and keys for all of this.
    <div
      ref={frame}
      {...(isLarger ? { tabIndex: 0 } : {})}
      {...drag}
      onDoubleClick={onZoom && (() => onZoom(zoom === 'fit' ? 1 : 'fit'))}
      className={classNames('flex size-full overflow-auto', isLarger && 'cursor-grab active:cursor-grabbing')}
    >
      {!size && <PreviewLoading />}
      <img
        src={url}
        alt={displayName(entry.name)}
        draggable={false}
        decoding="async"
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          const own = naturalWidth === 0 ? SIZELESS : { width: naturalWidth, height: naturalHeight };
          setSize(own);
          onSize?.(own);
        }}
        onError={() => setFailed(true)}
        className={classNames(
          'm-auto max-h-none max-w-none shrink-0 [background:repeating-conic-gradient(var(--track)_0_25%,transparent_0_50%)_0_0/16px_16px]',
          !size && 'opacity-0',
        )}
        style={size ? { width: size.width * scale, height: size.height * scale, imageRendering: scale >= 3 ? 'pixelated' : 'auto' } : {}}
      />
    </div>
  );
}

function useDragToScroll(isOn: boolean) {
  const from = useRef<{ x: number; y: number } | null>(null);
  if (!isOn) return {};
  return {
    onPointerDown: ({ button, clientX, clientY, pointerType, pointerId, currentTarget }: PointerEvent<HTMLElement>) => {
      if (button !== 0 || pointerType === 'touch') return;
      currentTarget.setPointerCapture(pointerId);
      from.current = { x: clientX + currentTarget.scrollLeft, y: clientY + currentTarget.scrollTop };
    },
    onPointerMove: ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
      if (from.current) currentTarget.scrollTo(from.current.x - clientX, from.current.y - clientY);
    },
    onPointerUp: () => {
      from.current = null;
    },
  };
}

/** Ctrl and the wheel, which is also what pinching a touchpad is. */
function useWheelZoom(frame: React.RefObject<HTMLElement | null>, onStep: ((direction: 1 | -1) => void) | undefined): void {
  const latest = useRef(onStep);
  latest.current = onStep;
  useEffect(() => {
    const element = frame.current;
    // React's own listener is passive: the page would be enlarged, too.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !latest.current) return;
      event.preventDefault();
      if (event.deltaY !== 0) latest.current(event.deltaY < 0 ? 1 : -1);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame]);
}
