/** What a file is shown with: a picture, a player, the pages of a document, or its text. */
export type Viewer = 'image' | 'video' | 'audio' | 'pdf' | 'text';

interface MediaKind {
  /** As it is served. Nothing is ever served as a document that could run scripts: HTML and its like are plain text. */
  type: string;
  viewer: Viewer;
}

const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** Media types by extension. What browsers can show, and nothing else; the rest of the world's types is the business of the index. */
const TYPES: Record<Exclude<Viewer, 'text'>, Record<string, string>> = {
  image: {
    'image/jpeg': 'jpg jpeg jpe jfif',
    'image/png': 'png',
    'image/apng': 'apng',
    'image/gif': 'gif',
    'image/webp': 'webp',
    'image/avif': 'avif',
    'image/bmp': 'bmp',
    'image/x-icon': 'ico',
    // Shown by <img> alone, where it runs no scripts and loads nothing.
    'image/svg+xml': 'svg',
  },
  video: {
    'video/mp4': 'mp4 m4v mov',
    'video/webm': 'webm',
    'video/ogg': 'ogv',
    'video/x-matroska': 'mkv',
  },
  audio: {
    'audio/mpeg': 'mp3',
    'audio/mp4': 'm4a m4b',
    'audio/aac': 'aac',
    'audio/ogg': 'ogg oga opus',
    'audio/flac': 'flac',
    'audio/wav': 'wav',
    'audio/webm': 'weba',
  },
  pdf: { 'application/pdf': 'pdf' },
};

const TEXT_EXTENSIONS =
  'txt text md markdown log csv tsv json jsonc json5 ndjson geojson xml html htm xhtml xht css scss sass less js mjs cjs jsx ts mts cts tsx vue svelte ' +
  'py rs go c h cc cpp cxx hpp hh cs java kt kts swift rb php pl pm lua r jl dart scala clj ex exs erl hs ml fs vb sh bash zsh fish ps1 bat cmd ' +
  'sql graphql gql proto toml yaml yml ini cfg conf env properties tex bib rst adoc org diff patch srt vtt ass cue m3u m3u8 pls ' +
  'gitignore gitattributes editorconfig dockerignore npmrc lock desktop service rtf eml ics vcf nfo gradle cmake mk plist strings';

const KIND_BY_EXTENSION: ReadonlyMap<string, MediaKind> = new Map([
  ...TEXT_EXTENSIONS.split(' ').map((extension) => [extension, { type: PLAIN_TEXT, viewer: 'text' }] as const),
  ...(Object.entries(TYPES) as [Viewer, Record<string, string>][]).flatMap(([viewer, types]) =>
    Object.entries(types).flatMap(([type, extensions]) => extensions.split(' ').map((extension) => [extension, { type, viewer }] as const)),
  ),
]);

/** How a file is served and shown, by its name alone; null where that says nothing. @param extension without the dot, in any case */
export function mediaKindOf(extension: string | null): MediaKind | null {
  return KIND_BY_EXTENSION.get(extension?.toLowerCase() ?? '') ?? null;
}
