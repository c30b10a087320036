import { CopyCheck, DatabaseZap, HardDrive, Library, type LucideIcon, Search, SquareTerminal, Undo2 } from 'lucide-react';
import type { CommandId } from '../../../shared/command-keys.ts';
import type { en } from '../../i18n/en.ts';

type Topics = typeof en.help.topic;
export type TopicId = keyof Topics;

/** A topic of the help: its texts stand in the translations under its id, its points in this order. */
export interface Topic {
  id: TopicId;
  icon: LucideIcon;
  points: readonly string[];
  /** Examples of what can be written, as they are. */
  code?: readonly string[];
  /** What one would do next. */
  commands?: readonly CommandId[];
}

/** Only points that have texts. */
const topic = <Id extends TopicId>(one: Topic & { id: Id; points: readonly (keyof Topics[Id]['point'] & string)[] }): Topic => one;

export const TOPICS: readonly Topic[] = [
  topic({ id: 'drives', icon: HardDrive, points: ['tracking', 'offline', 'identity', 'eject'], commands: ['go.home'] }),
  topic({ id: 'libraries', icon: Library, points: ['what', 'several', 'lock', 'backup'], commands: ['library.create', 'library.open'] }),
  topic({ id: 'index', icon: DatabaseZap, points: ['locations', 'watching', 'rules', 'sizes'] }),
  topic({
    id: 'search',
    icon: Search,
    points: ['everywhere', 'language', 'saved'],
    code: ['kind:image modified:<7d', 'ext:pdf size:>10mb', '"exact phrase" -draft', 'in:"Photos/2023" jpg OR png', 'is:offline'],
    commands: ['go.search'],
  }),
  topic({ id: 'copies', icon: CopyCheck, points: ['verified', 'interrupted', 'conflicts', 'nothingReplaced'] }),
  topic({ id: 'undo', icon: Undo2, points: ['history', 'trash', 'limits'], commands: ['edit.undo', 'go.history', 'go.trash'] }),
  topic({
    id: 'terminal',
    icon: SquareTerminal,
    points: ['cli', 'web', 'links'],
    code: ['mooring volume list', 'mooring search kind:video', 'mooring start --http 7070', 'mooring --help'],
  }),
];
