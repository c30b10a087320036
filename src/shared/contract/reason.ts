import { z } from 'zod';

/**
 * What errors of files and of what is done to them say, in English: beside the closed list of error codes, which are few, so that clients can say it in
 * other languages. `{{name}}` stands for a parameter.
 */
export const REASONS = {
  // Of the system, by its error numbers.
  ENOENT: '“{{path}}” does not exist (any more).',
  ENOTDIR: '“{{path}}” is not a folder.',
  EISDIR: '“{{path}}” is a folder.',
  ELOOP: '“{{path}}” leads through symbolic links that never end.',
  ENAMETOOLONG: '“{{path}}” is too long for this file system. Choose a shorter name.',
  EACCES: 'You may not access “{{path}}”. Change its permissions, or ask its owner.',
  EPERM: 'The system does not permit this for “{{path}}”.',
  EEXIST: '“{{path}}” already exists.',
  EROFS: '“{{path}}” is on a volume that is read-only.',
  ENOSPC: 'There is no room left for “{{path}}”.',
  EDQUOT: 'Your quota leaves no room for “{{path}}”.',
  EFBIG: '“{{path}}” is too large for this file system.',
  EINVAL: 'This file system does not accept “{{path}}”; often its name is the reason.',
  EILSEQ: 'This file system does not accept the name of “{{path}}”.',
  ENOTCONN: 'The volume of “{{path}}” does not answer. Unmount it, or connect it again.',
  EHOSTDOWN: 'The server of “{{path}}” does not answer.',
  ETIMEDOUT: 'The volume of “{{path}}” does not answer in time.',
  ESTALE: '“{{path}}” is not what it was: the server has replaced it. Open the folder again.',
  EIO: '“{{path}}” could not be read or written: its drive reports an error, or was unplugged.',
  ENXIO: 'The drive of “{{path}}” is not there any more.',
  ENODEV: 'The drive of “{{path}}” is not there any more.',
  'other-number': '“{{path}}” could not be read or written ({{number}}).',
  'nul-character': 'A path cannot hold a NUL character.',
  'not-handled': '“{{path}}” could not be handled.',
  // Copies and moves.
  'target-volume-changed': 'The volume that “{{path}}” was on is not there any more.',
  'no-file-any-more': 'It is not a file any more.',
  'changes-meanwhile': '“{{path}}” changes while it is copied. Copy it again when nothing writes to it.',
  'reads-differently': '“{{path}}” reads differently from the target than from the source, twice. The copy was removed.',
  'target-gone': 'The target is not there any more. What was done until then is complete.',
  'target-gone-at': 'The target “{{path}}” is not there any more. What was done until then is complete.',
  'source-gone-at': 'The source “{{path}}” is not there any more. What was done until then is complete.',
  'target-full': 'The target is full: {{missingBytes}} more bytes are needed. What was done until then is complete.',
  'target-full-of-files': 'The target is full: it has no room for further files. What was done until then is complete.',
  'target-too-small': 'The target is too small: {{missingBytes}} more bytes are needed. Nothing was written.',
  'one-error-after-the-other': 'A drive reports one error after the other, the last for “{{path}}”. It may be damaged, or was unplugged.',
  'source-read-only': '“{{path}}” is on a read-only volume, and cannot be moved away. Copy it.',
  'target-read-only': '“{{path}}” is read-only. Choose another destination.',
  'moving-a-mount-point': '“{{path}}” is where a volume is mounted, and cannot be moved. Move what is in it.',
  'conflicts-unanswered': 'Files or folders of the same names are in the target. Choose what is to happen with them.',
  'moved-to-itself': '“{{path}}” is there already: source and target are the same.',
  'copied-to-itself': '“{{path}}” is there already: source and target are the same. Choose rename to duplicate it.',
  'moved-into-itself': '“{{path}}” cannot be moved into itself. Choose another destination.',
  'copied-into-itself': '“{{path}}” cannot be copied into itself. Choose another destination.',
  'mount-silent': 'The volume at “{{path}}” does not answer.',
  'destination-silent': 'The volume at “{{path}}” does not answer. Unmount it, or connect it again.',
  'nothing-mounted': 'Nothing is mounted at “{{path}}” any more.',
  'that-very-file': '“{{path}}” is that very file already.',
  'name-taken-by-another': '“{{path}}” has a name there that another of the files has taken.',
  'folder-in-the-way': 'There is a folder where “{{path}}” should go.',
  'folder-place-taken': 'Something else stands where the folder “{{path}}” should go.',
  'name-taken-left-alone': 'Something has the name of “{{path}}” in the target, and was left alone.',
  'name-taken-meanwhile': 'Something has got the name of “{{path}}” in the target meanwhile, and was left alone.',
  'replaced-changed-meanwhile': 'What “{{path}}” was to replace has changed meanwhile, and was left alone.',
  'source-changed-since-read': '“{{path}}” has changed since it was read, and was kept. Its copy in the target is of before.',
  'source-not-removed': 'It was copied, but could not be removed from where it was.',
  'special-file': 'Sockets, pipes and devices are not copied.',
  'no-symlinks-there': '{{fileSystem}} holds no symbolic links.',
  'file-too-large': 'The file has {{size}} bytes; the largest that {{fileSystem}} holds has {{limit}}.',
  'drive-silent': 'Stopped, while a drive did not answer.',
  'fault-of-ours': 'It failed through a fault in Mooring.',
  'ended-early': 'It ended before its time.',
  // Names.
  'name-not-allowed': 'A name cannot hold a slash or a NUL character, nor be “.” or “..”',
  'name-with-character': '{{fileSystem}} holds no names with the character {{character}}.',
  'name-no-text': '{{fileSystem}} holds no names that are not text.',
  'name-reserved': '{{fileSystem}} holds no names like {{stem}}.',
  'name-ending': '{{fileSystem}} holds no names that end in a dot or a space.',
  'name-too-long': '{{fileSystem}} holds no names as long as this one.',
  'exists-nothing-changed': '“{{path}}” already exists. Nothing was changed.',
  'exists-in-its-folder': '“{{path}}” already exists in its folder. Choose another name.',
  'exists-in-that-folder': '“{{path}}” already exists in that folder. Choose another name.',
  'name-not-unicode': 'The name of “{{path}}” is not Unicode text, so no rule can be applied to it. Rename it by itself.',
  'list-forgotten': 'Mooring does not know any more which files were chosen. Do it once more.',
  'too-many-at-once': 'At most {{most}} files and folders can be taken at once. Take the folder that holds them instead.',
  'named-twice': '“{{path}}” is named twice.',
  'two-of-one-name': 'Two would be called “{{path}}”. Give each another name.',
  'folder-renamed-too': '“{{path}}” lies in “{{folder}}”, which is to be renamed too. Rename one after the other.',
  // Beside it a `reasonCode`, as those of searches.
  'no-expression': 'This is no expression that can be read: {{reason}}.',
  'impossible-by-rule': 'The rule makes “{{made}}” of “{{name}}”, and nothing can be called that. Change the rule.',
  'no-field': '“{{field}}” is no field of a name. There are {name}, {ext}, {n}, {n:3}, {date} and {time}.',
  'renamed-in-part': 'It did not work, and not all of what was renamed before could be taken back.',
  // New files, the trash, deleting.
  'hard-link-to-folder': 'Folders cannot have hard links. Make a symbolic link instead.',
  'hard-link-across': 'A hard link cannot lead to another volume. Make a symbolic link instead.',
  'root-of-a-volume': '“{{path}}” is the root of a volume. Unmount the volume first, or choose what is in it.',
  'mooring-works-there': 'Mooring is working in “{{path}}”. Close that library first, or choose something else.',
  'no-trash': 'There is no trash where “{{path}}” lies. Nothing was deleted. Move it to another volume first, or delete it for good.',
  'no-trash-user':
    'There is no trash where “{{path}}” lies (Windows did not say which user this is). Nothing was deleted. Move it to another volume first, or delete it for good.',
  'no-trash-letter':
    'There is no trash where “{{path}}” lies (only drives with a letter have one). Nothing was deleted. Move it to another volume first, or delete it for good.',
  'no-trash-path':
    'There is no trash where “{{path}}” lies (its path cannot be written down). Nothing was deleted. Move it to another volume first, or delete it for good.',
  'not-in-the-trash': 'This is not in the trash any more, or it is not known where it was. Look at the trash again.',
  'two-from-one-place': 'Two of them were “{{path}}”. Restore one, rename it, then the other.',
  'left-in-the-trash': 'It did not work. “{{path}}” is in the trash, and could not be taken out again.',
  'left-restored': 'It did not work. “{{path}}” is back, though.',
  'unplugged-while-deleting': 'A drive was unplugged while files on it were being deleted.',
  'more-than-shown':
    'There is more in what is to be deleted than was shown: {{files}} files and {{folders}} folders now. Nothing was deleted. Look again.',
  'mounted-below': 'A volume is mounted at “{{path}}”: it was left alone.',
  'task-cancelled': 'It was cancelled.',
  'volume-silent': 'The volume does not answer. Unmount it, or connect it again, then look what has been done.',
  'mooring-stops': 'Mooring is stopping.',
  'no-transfer': 'This job neither copies nor moves files.',
  'nothing-to-limit': 'This job has ended: nothing of it writes any more.',
  // Taking back.
  'not-ended': 'It has not ended yet.',
  'undo-is-final': 'An undoing cannot be undone. Do again what it has undone.',
  'unknown-what-done': 'It is not known what it has done.',
  'unknown-how-far': 'Mooring ended while this was being done, so it is not known how far it came. Look at what is there.',
  'undone-in-part': 'It was undone in part only.',
  'was-undone': 'It was undone.',
  'deleted-for-good': 'What was deleted for good cannot be brought back.',
  'changed-nothing': 'It has changed nothing.',
  'replaces-files': 'It replaces {{count}} files, which could not be brought back.',
  'journal-gone': 'What it has done is not known (any more).',
  'identical-removed': '{{count}} files were removed because the target held the same already. Copy them back from there.',
  'has-replaced': '“{{path}}” has taken the place of another file, which cannot be brought back.',
  'gone-since': '“{{path}}” is not there any more.',
  'changed-since-copied': '“{{path}}” has changed since it was copied.',
  'another-file-now': '“{{path}}” is another file now.',
  'source-place-taken': 'Where “{{path}}” was there is something else now.',
  'source-folder-gone': 'The folder that “{{path}}” was in is not there any more.',
  'folder-gone-since': 'The folder “{{path}}” is not there any more.',
  'another-folder-now': '“{{path}}” is another folder now.',
  'added-since': '“{{path}}” has been added to the folder “{{folder}}” since.',
  'name-of-another-now': 'Something else is called “{{path}}” now.',
  'written-since': '“{{path}}” has been written to.',
  'only-name-now': '“{{path}}” is the only name of its file now.',
  'not-empty-now': '“{{path}}” is not empty any more.',
  'not-in-trash-now': '“{{path}}” is not in the trash any more.',
  'old-place-taken': 'Something else is called “{{path}}” where it was.',
  'trash-gone': 'The trash in which “{{path}}” was is not there any more.',
  'not-where-restored': '“{{path}}” is not where it was restored to any more.',
  'locations-forgotten': 'Its locations were forgotten with it. Track it again, and add them again.',
  'delete-library-instead': 'Delete the library instead: that puts it into the trash.',
  'restore-library': 'Restore the library from the trash, then open it.',
  'restore-newest-backup': 'What the library was before is kept as its newest backup. Restore that one instead.',
  'changed-again-since': 'It was changed again since, so it is not known which of the changes to take back. Change it by hand.',
  'not-tracked-now': 'The volume is not tracked any more.',
  'location-gone-now': 'The location is not there any more.',
  'library-renamed-since': 'The library was renamed again since.',
  'undone-already': 'The action was undone already.',
  'undoing-already': 'The action is being undone already.',
  'undo-before-end': 'The action has not ended yet. Wait for its end, or cancel its job; then undo what it has done.',
  'action-forgotten': 'There is no action {{id}}. What was done is forgotten after a month.',
  'undo-unknown-kind': 'This version of Mooring does not know how to undo “{{type}}”.',
} as const;

export type ReasonCode = keyof typeof REASONS;

/**
 * Why something did not work, or cannot be taken back, for clients that say it in another language. A newer Mooring may have written codes that this one
 * does not know: then there is the English sentence beside it. Parameters named `…Bytes` are sizes.
 */
export const Reason = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type Reason = z.infer<typeof Reason>;

/** What was told of an error: its code of the closed list, the English message, and the reason where that can be said in other languages. */
export const Told = z.object({ code: z.string(), message: z.string(), reason: Reason.optional() });
export type Told = z.infer<typeof Told>;

type ParamsIn<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | ParamsIn<Rest> : never;
/** What the sentence of a reason needs to be filled in. */
export type ReasonParams<Code extends ReasonCode> = Record<ParamsIn<(typeof REASONS)[Code]>, string | number>;

/** A reason with all that its sentence needs. */
export function reason<Code extends ReasonCode>(code: Code, params: ReasonParams<Code>): Reason {
  return { code, params };
}

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** In English; empty for what this version does not know. */
export function sentenceOf({ code, params }: Reason): string {
  if (!isReasonCode(code)) return '';
  return REASONS[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
