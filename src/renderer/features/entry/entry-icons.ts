import {
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileQuestionMark,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Folder,
  FolderSymlink,
  type LucideIcon,
  File as PlainFile,
} from 'lucide-react';
import type { Entry } from '../../../shared/contract/entry.ts';

export type FileFamily = 'image' | 'video' | 'audio' | 'archive' | 'code' | 'sheet' | 'document' | 'file';

const EXTENSIONS: Record<Exclude<FileFamily, 'file'>, string> = {
  image: 'jpg jpeg png gif webp avif heic heif tif tiff bmp svg raw cr2 cr3 nef arw dng psd',
  video: 'mp4 mov mkv avi webm m4v mts mpg mpeg wmv',
  audio: 'mp3 flac wav aac m4a ogg opus aiff wma',
  archive: 'zip tar gz tgz bz2 xz zst 7z rar iso dmg img',
  code: 'ts tsx js jsx mjs json html css py rs go c h cpp java rb sh toml yaml yml xml sql',
  sheet: 'csv tsv xls xlsx ods numbers',
  document: 'txt md pdf doc docx odt rtf pages epub tex log',
};

const FAMILY_BY_EXTENSION = new Map(
  (Object.entries(EXTENSIONS) as [FileFamily, string][]).flatMap(([family, list]) =>
    list.split(' ').map((extension) => [extension, family]),
  ),
) as ReadonlyMap<string, FileFamily>;

/** A first guess at what a file is, by its name alone. */
export function familyOf(entry: Pick<Entry, 'extension'>): FileFamily {
  return FAMILY_BY_EXTENSION.get(entry.extension?.toLowerCase() ?? '') ?? 'file';
}

const FAMILY_ICON: Record<FileFamily, { Icon: LucideIcon; color: string }> = {
  image: { Icon: FileImage, color: 'text-[#2a8f74] dark:text-[#5fc7a8]' },
  video: { Icon: FileVideo, color: 'text-[#8457b8] dark:text-[#b794e0]' },
  audio: { Icon: FileAudio, color: 'text-[#c0476f] dark:text-[#e68aaa]' },
  archive: { Icon: FileArchive, color: 'text-[#a36a16] dark:text-[#dcae62]' },
  code: { Icon: FileCode, color: 'text-[#5468c4] dark:text-[#94a4ea]' },
  sheet: { Icon: FileSpreadsheet, color: 'text-[#4d7d1f] dark:text-[#9ac76b]' },
  document: { Icon: FileText, color: 'text-soft' },
  file: { Icon: PlainFile, color: 'text-faint' },
};

export function iconOfEntry(entry: Pick<Entry, 'kind' | 'extension'>): { Icon: LucideIcon; color: string; isFilled: boolean } {
  if (entry.kind === 'folder') return { Icon: Folder, color: 'text-[#4a9fd4] dark:text-[#5aa9dc]', isFilled: true };
  if (entry.kind === 'symlink') return { Icon: FolderSymlink, color: 'text-soft', isFilled: false };
  if (entry.kind === 'other') return { Icon: FileQuestionMark, color: 'text-faint', isFilled: false };
  return { ...FAMILY_ICON[familyOf(entry)], isFilled: false };
}
