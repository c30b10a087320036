/**
 * What `kind:` tells apart by the extension: a first guess, as good as names are. Singular; the parser also takes the plural and what is in
 * `KIND_ALIASES`.
 */
export const KIND_EXTENSIONS = {
  image:
    'jpg jpeg jpe jfif png apng gif webp avif heic heif jxl tif tiff bmp ico icns svg svgz psd psb xcf kra ai eps raw cr2 cr3 crw nef nrw arw srf sr2 dng orf rw2 raf pef srw x3f 3fr iiq tga exr hdr pcx ppm pgm pbm',
  video: 'mp4 m4v mov mkv avi webm wmv flv f4v mpg mpeg mpe m2v mts m2ts vob ogv 3gp 3g2 asf rm rmvb mxf divx braw r3d insv',
  audio: 'mp3 flac wav wave aac m4a m4b ogg oga opus aif aiff aifc wma alac ape wv mka mid midi amr au caf dsf dff ac3 dts',
  document:
    'pdf doc docx docm dot dotx odt ott fodt rtf txt md markdown tex pages wpd wps xps oxps djvu djv abw hwp epub xls xlsx xlsm ods numbers csv ppt pptx odp key',
  spreadsheet: 'xls xlsx xlsm xlsb xlt xltx ods ots fods csv tsv numbers gnumeric',
  presentation: 'ppt pptx pptm pps ppsx pot potx odp otp fodp key',
  book: 'epub mobi azw azw3 azw4 kf8 kfx fb2 lit lrf prc cbz cbr cb7 cbt djvu djv ibooks',
  text: 'txt text md markdown rst adoc asciidoc org log nfo readme me srt vtt sub ass',
  archive:
    'zip zipx tar gz tgz bz2 tbz tbz2 xz txz zst tzst lz lz4 lzma lzo 7z rar r00 arj cab cpio ar deb rpm apk jar war iso img dmg wim squashfs ace sit sitx z br',
  code: 'ts tsx mts cts js jsx mjs cjs html htm xhtml css scss sass less vue svelte py pyw pyi ipynb rs go c h cc cpp cxx hh hpp hxx m mm java kt kts scala groovy clj cljs rb php pl pm lua r jl swift dart cs fs fsx vb pas asm s sh bash zsh fish ps1 psm1 bat cmd sql hs ml mli elm ex exs erl nim zig d f90 f95 v vhd vhdl proto graphql gql wasm wat cmake gradle mk sol',
  config:
    'json json5 jsonc yaml yml toml ini cfg conf config properties env plist xml xsd desktop service reg editorconfig gitignore lock nix tf',
  font: 'ttf otf ttc otc woff woff2 eot pfb pfm afm fon bdf pcf',
  mesh: 'obj stl fbx gltf glb dae blend 3ds 3mf ply step stp iges igs usd usda usdc usdz max ma mb c4d skp dwg dxf f3d scad',
  database: 'db db3 sqlite sqlite3 mdb accdb dbf frm ibd myd realm parquet duckdb',
  executable: 'exe msi msix appx com scr dll so dylib app appimage flatpak snap run bin elf ko sys drv apk ipa',
  key: 'pem crt cer der p12 pfx p7b p7c csr gpg asc pub ppk keystore jks kdbx kdb',
} as const satisfies Record<string, string>;

export type FileKind = keyof typeof KIND_EXTENSIONS;

/** What else people write for a kind. */
export const KIND_ALIASES: Readonly<Record<string, FileKind | EntryKind>> = {
  photo: 'image',
  picture: 'image',
  movie: 'video',
  film: 'video',
  music: 'audio',
  sound: 'audio',
  doc: 'document',
  sheet: 'spreadsheet',
  slides: 'presentation',
  ebook: 'book',
  compressed: 'archive',
  source: 'code',
  '3d': 'mesh',
  model: 'mesh',
  program: 'executable',
  app: 'executable',
  certificate: 'key',
  directory: 'folder',
  dir: 'folder',
  symlink: 'link',
  shortcut: 'link',
};

/** What an entry is, whatever its name. `other` are sockets, FIFOs and devices. */
export const ENTRY_KINDS = { file: 'file', folder: 'folder', link: 'symlink', other: 'other' } as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

const KINDS: ReadonlySet<string> = new Set([...Object.keys(KIND_EXTENSIONS), ...Object.keys(ENTRY_KINDS)]);

/** The kind that a word stands for; null when it is none. */
export function findKind(word: string): FileKind | EntryKind | null {
  const name = word.toLowerCase();
  for (const candidate of [name, name.replace(/s$/, ''), name.replace(/ies$/, 'y')]) {
    if (KINDS.has(candidate)) return candidate as FileKind | EntryKind;
    const alias = Object.hasOwn(KIND_ALIASES, candidate) ? KIND_ALIASES[candidate] : undefined;
    if (alias !== undefined) return alias;
  }
  return null;
}

/** For those that are told by extension. */
export function extensionsOf(kind: FileKind): string[] {
  return KIND_EXTENSIONS[kind].split(' ');
}

export function isEntryKind(kind: FileKind | EntryKind): kind is EntryKind {
  return Object.hasOwn(ENTRY_KINDS, kind);
}
