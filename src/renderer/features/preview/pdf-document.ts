import { GlobalWorkerOptions, getDocument, PDFDataRangeTransport, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { MooringError } from '../../../shared/contract/error.ts';
import { readContent } from './read-content.ts';

const CHUNK_BYTES = 256 * 1024;
/** A picture that takes more memory than this when it is unpacked is left out: 100 megapixels. */
const MOST_PIXELS = 100_000_000;

/** What a PDF file may refer to and not bring along: tables of East Asian characters, the fonts that every viewer has, and decoders. */
const DATA_URLS = new Map(
  Object.entries({
    ...import.meta.glob<string>('../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', { query: '?url', import: 'default', eager: true }),
    ...import.meta.glob<string>('../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
    ...import.meta.glob<string>('../../../../node_modules/pdfjs-dist/wasm/*.wasm', { query: '?url', import: 'default', eager: true }),
  }).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
);

/** As PDF.js asks for its data. */
class BuiltData {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = DATA_URLS.get(filename);
    if (url === undefined) throw new Error(`There is no ${filename}`);
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  }
}

export interface OpenedPdf {
  document: PDFDocumentProxy;
  close(): void;
}

/**
 * Opens a PDF file: only the parts of it that are shown are read. Nothing in it is run: there is no part of PDF.js here that could.
 * @param url as `contentUrl` gives it
 * @param onFailed a part of it could not be read later on
 * @throws MooringError as the engine says it; an error of PDF.js for what is no PDF file, is damaged, or needs a password
 */
export async function openPdf(url: string, onFailed: (error: unknown) => void, signal: AbortSignal): Promise<OpenedPdf> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const first = await readContent(url, 0, CHUNK_BYTES, signal);
  const range = new PDFDataRangeTransport(first.sizeBytes, first.bytes);
  range.requestDataRange = (begin, end) => {
    readContent(url, begin, end - begin, signal).then(
      ({ bytes, version }) => {
        if (version === first.version) range.onDataRange(begin, bytes);
        else fail(new MooringError('CONFLICT', 'The file has changed while it was shown. Open it again.'));
      },
      (error: unknown) => fail(error),
    );
  };
  const task = getDocument({
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    // `eval` is forbidden by the page's policy anyway.
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: MOST_PIXELS,
    useWorkerFetch: false,
    BinaryDataFactory: BuiltData,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = () => void task.destroy();
  const fail = (error: unknown) => {
    if (signal.aborted) return;
    onFailed(error);
    close();
  };
  signal.addEventListener('abort', close);
  return { document: await task.promise, close };
}
