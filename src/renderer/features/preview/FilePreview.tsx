import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useVolume } from '../volume/volume-queries.ts';
import { contentUrl, viewerOf } from './content-url.ts';
import { FolderPreview } from './FolderPreview.tsx';
import { ImagePreview } from './ImagePreview.tsx';
import { MediaPreview } from './MediaPreview.tsx';
import { NoPreview } from './NoPreview.tsx';
import { PreviewLoading } from './PreviewLoading.tsx';
import type { Zoom } from './zoom.ts';

const PdfPreview = lazy(() => import('./PdfPreview.tsx'));
const TextPreview = lazy(() => import('./TextPreview.tsx'));

export interface FilePreviewProps {
  entry: Entry;
  /** It is looked at just now: films and sounds go on. */
  isActive?: boolean;
  /** It has little room, and shows the beginning. */
  isCompact?: boolean;
  autoPlay?: boolean;
  zoom?: Zoom;
  /** Left out: pictures and pages cannot be enlarged. */
  onZoom?: (zoom: Zoom) => void;
  onSize?: (size: { width: number; height: number }) => void;
}

/** What a file holds, as far as that can be shown. It fills the place that it is given, which has to be `relative`. */
export function FilePreview(props: FilePreviewProps) {
  return (
    <ErrorBoundary key={props.entry.path}>
      <Suspense fallback={<PreviewLoading />}>
        <Viewer {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Viewer({ entry, isActive = true, isCompact = false, autoPlay = false, zoom = 'fit', onZoom, onSize }: FilePreviewProps) {
  const reason = useReason(entry);
  const url = contentUrl(entry);
  if (entry.kind === 'folder' && entry.problem === null) return <FolderPreview entry={entry} isCompact={isCompact} />;
  if (url === null) return <NoPreview entry={entry} text={reason} />;
  const viewer = viewerOf(entry);
  const shared = { entry, url };
  if (viewer === 'image') return <ImagePreview key={url} {...shared} zoom={zoom} onZoom={onZoom} onSize={onSize} />;
  if (viewer === 'video' || viewer === 'audio')
    return <MediaPreview key={url} {...shared} kind={viewer} isActive={isActive} autoPlay={autoPlay} />;
  if (viewer === 'pdf') return <PdfPreview key={url} {...shared} zoom={zoom} isCompact={isCompact} />;
  // Without a name that says what it is, it may be a text all the same: its first bytes tell.
  return <TextPreview key={url} {...shared} isCompact={isCompact} />;
}

/** Why the bytes of a file cannot be had. */
function useReason(entry: Entry): string | undefined {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const volume = useVolume(entry.volumeFingerprint);
  if (entry.problem !== null) return errorText({ code: entry.problem, message: entry.problem });
  if (volume && !volume.isMounted) return t('preview.offline', { volume: displayName(volume.name) });
  return entry.kind === 'other' ? t('preview.none') : undefined;
}
