import { ClipboardItem, clipboard } from 'electron';
import { type ClipboardFiles, type ClipboardFormat, GNOME_FORMAT, MAC_FORMAT, URI_LIST_FORMAT, WINDOWS_FORMAT } from './file-clipboard.ts';

/** In the order in which they are looked for: what says more comes first. */
const FORMATS: Partial<Record<NodeJS.Platform, readonly ClipboardFormat[]>> = {
  linux: [GNOME_FORMAT, URI_LIST_FORMAT],
  darwin: [MAC_FORMAT],
  win32: [WINDOWS_FORMAT],
};

/** How Electron names a format of the platform's own. */
const rawType = ({ name }: ClipboardFormat) => `electron application/osclipboard;format="${name}"`;

/** Puts files into the system's clipboard: as all formats that file managers of this platform know, and as text for everybody else. */
export async function writeClipboardFiles(files: ClipboardFiles): Promise<void> {
  const items: Record<string, Blob | string> = { 'text/plain': files.paths.join('\n') };
  for (const format of FORMATS[process.platform] ?? []) {
    const content = format.write(files);
    if (content) items[rawType(format)] = new Blob([new Uint8Array(content)]);
  }
  await clipboard.write([new ClipboardItem(items)]);
}

/** The files in the system's clipboard; none where there are none, or the platform does not tell. */
export async function readClipboardFiles(): Promise<ClipboardFiles> {
  const items = await clipboard.read();
  for (const format of FORMATS[process.platform] ?? []) {
    for (const item of items) {
      // What has a name in the web as well goes by that.
      const type = item.types.find((candidate) => candidate === rawType(format) || candidate === format.name);
      const content = type === undefined ? null : await item.getType(type);
      const files = content instanceof Blob ? format.read(Buffer.from(await content.arrayBuffer())) : null;
      if (files && files.paths.length > 0) return files;
    }
  }
  return { paths: [], isCut: false };
}
