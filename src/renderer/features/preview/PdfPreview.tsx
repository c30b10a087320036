import type { TFunction } from 'i18next';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { useFormat } from '../../lib/use-format.ts';
import { NoPreview } from './NoPreview.tsx';
import { PreviewLoading } from './PreviewLoading.tsx';
import { openPdf } from './pdf-document.ts';
import type { Zoom } from './zoom.ts';

/** Beside the pages, in pixels. */
const MARGIN = 16;
/** Pages this far out of sight are drawn already. */
const AHEAD = '600px 0px';
/** A canvas of more pixels takes too much memory, or cannot be had. */
const MOST_CANVAS_PIXELS = 24_000_000;

interface PdfPreviewProps {
  entry: Entry;
  url: string;
  zoom: Zoom;
  /** The first page alone. */
  isCompact: boolean;
}

/** The pages of a document, one below the other, each drawn when it comes into sight. */
export default function PdfPreview({ entry, url, zoom, isCompact }: PdfPreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [firstPage, setFirstPage] = useState<PDFPageProxy | null>(null);
  const [error, setError] = useState<unknown>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(frame);

  useEffect(() => {
    const gone = new AbortController();
    const open = async () => {
      const opened = await openPdf(url, setError, gone.signal);
      const page = await opened.document.getPage(1);
      if (gone.signal.aborted) return;
      setDocument(opened.document);
      setFirstPage(page);
    };
    open().catch((thrown: unknown) => gone.signal.aborted || setError(thrown));
    return () => gone.abort();
  }, [url]);

  if (error) return <NoPreview entry={entry} text={pdfProblem(error, t)} />;
  const numbers = document ? Array.from({ length: isCompact ? 1 : document.numPages }, (_, index) => index + 1) : [];
  const pageWidth =
    zoom === 'fit' ? Math.min(Math.max(width - 2 * MARGIN, 80), isCompact ? 4000 : 960) : (naturalWidth(firstPage) ?? 600) * zoom;
  return (
    <div
      ref={frame}
      tabIndex={isCompact ? -1 : 0}
      role="document"
      data-scrolls
      aria-label={t('preview.pages', { count: document?.numPages ?? 0, shown: format.count(document?.numPages ?? 0) })}
      className="h-full overflow-auto bg-sunken"
    >
      {!document && <PreviewLoading />}
      <div className="mx-auto flex w-max min-w-full flex-col items-center gap-3 p-4">
        {document &&
          firstPage &&
          numbers.map((number) => <Page key={number} document={document} number={number} width={pageWidth} shape={shapeOf(firstPage)} />)}
      </div>
    </div>
  );
}

interface PageProps {
  document: PDFDocumentProxy;
  number: number;
  /** In CSS pixels. */
  width: number;
  /** Height by width of the first page, until that of this one is known. */
  shape: number;
}

function Page({ document, number, width, shape }: PageProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [isNear, setNear] = useState(false);

  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([seen]) => setNear(seen?.isIntersecting ?? false), { rootMargin: AHEAD });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    let isWanted = isNear;
    // A page that cannot be read stays white, as in any viewer; what kept it from being read is told for the whole document.
    if (isNear)
      document
        .getPage(number)
        .then((read) => isWanted && setPage(read))
        .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [document, number, isNear]);

  return (
    <div
      ref={place}
      role="img"
      aria-label={t('preview.page', { number })}
      className="shrink-0 bg-white shadow-card ring-1 ring-line"
      style={{ width, height: width * (page ? shapeOf(page) : shape) }}
    >
      {isNear && page && <PageCanvas page={page} width={width} />}
    </div>
  );
}

/** Out of sight it is gone, and its memory with it. */
function PageCanvas({ page, width }: { page: PDFPageProxy; width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const natural = page.getViewport({ scale: 1 });
    const sharp = (width / natural.width) * window.devicePixelRatio;
    const scale = Math.min(sharp, Math.sqrt(MOST_CANVAS_PIXELS / (natural.width * natural.height)));
    // Links, forms and notes are not drawn: `ENABLE` would draw what scripts have made of them.
    const task = page.render({ canvas: element, viewport: page.getViewport({ scale }), annotationMode: 0 });
    const { width: pixels, height } = page.getViewport({ scale });
    element.width = Math.floor(pixels);
    element.height = Math.floor(height);
    // Cancelled when it goes out of sight; what of a page cannot be drawn is left white.
    task.promise.catch(() => undefined);
    return () => task.cancel();
  }, [page, width]);
  return <canvas ref={canvas} className="size-full" />;
}

function shapeOf(page: PDFPageProxy): number {
  const { width, height } = page.getViewport({ scale: 1 });
  return height / width;
}

/** At 96 dots per inch, as CSS counts; PDF counts in 72. */
function naturalWidth(page: PDFPageProxy | null): number | null {
  return page?.getViewport({ scale: 96 / 72 }).width ?? null;
}

function pdfProblem(error: unknown, t: TFunction): string | undefined {
  if (error instanceof Error && error.name === 'PasswordException') return t('preview.locked');
  return toMooringError(error).code === 'INTERNAL' ? t('preview.damaged') : undefined;
}
