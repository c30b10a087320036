import root, { script } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { fetchNames, type NameKind, type Suggestion } from './complete-names.ts';
import { RULES } from './parse-rule.ts';
import { Session } from './session.ts';

/** Nobody waits longer for a Tab key. */
const NAMES_TIMEOUT_MS = 400;

/** The script that makes `shell` ask `mooring complete -- WORDS…` for suggestions. */
export function completionScript(shell: string): string {
  // The library writes its script to the console and nowhere else.
  const print = console.log;
  let text = '';
  console.log = (line: string) => {
    text += line;
  };
  try {
    script(shell as 'bash' | 'zsh' | 'fish', 'mooring', 'mooring');
  } finally {
    console.log = print;
  }
  return text;
}

/** Answers a shell: suggestions for the last of `words`, one per line. What libraries, volumes, locations and jobs there are a running engine says. */
export async function complete(program: Command, words: string[]): Promise<void> {
  if (takesFiles(words)) {
    // Directive 0 of the script's protocol: let the shell complete file names.
    console.log(':0');
    return;
  }
  tab(program, { completionCommandName: 'completion' });
  const needed = neededNames(words);
  const names = needed.size > 0 ? await engineNames(words, needed) : {};
  for (const [path, command] of root.commands) {
    for (const [argument, { variadic }] of command.arguments) {
      const kind = argumentKind(path, argument);
      if (kind) command.argument(argument, (offer) => offerAll(offer, names[kind]), variadic);
    }
    for (const [name, kind] of Object.entries(OPTION_KINDS)) {
      if (command.options.has(name)) command.option(name, name, (offer) => offerAll(offer, names[kind]));
    }
    if (command.options.has('rule')) {
      command.option('rule', 'rule', (offer) => {
        for (const { rule, meaning } of RULES) offer(rule, meaning);
      });
    }
  }
  root.parse(words);
}

function offerAll(offer: (value: string, description: string) => void, suggestions: readonly Suggestion[] = []): void {
  for (const { value, description } of suggestions) offer(value, description);
}

/** Options that take a name which the engine knows. */
const OPTION_KINDS: Record<string, NameKind> = { library: 'library', volume: 'volume', 'job-id': 'current-job' };

const JOB_VERBS: Record<string, NameKind> = {
  'job pause': 'current-job',
  'job resume': 'paused-job',
  'job cancel': 'current-job',
  'job reorder': 'current-job',
  'job retry': 'ended-job',
};

/** What the argument of a command names. @param path `location info` */
function argumentKind(path: string, argument: string): NameKind | null {
  if (argument === 'library' || argument === 'volume' || argument === 'location') return argument;
  if (path.startsWith('saved-search ') && argument === 'search') return 'search';
  if (path === 'search') return 'query';
  if (path === 'job run') return 'job-kind';
  if (path === 'action undo') return 'undoable-action';
  if (path.startsWith('action ') && argument === 'id') return 'action';
  if (path.startsWith('file ') && argument === 'job') return path === 'file report' ? 'job' : 'current-job';
  return path.startsWith('job ') && argument === 'id' ? (JOB_VERBS[path] ?? 'job') : null;
}

/** Kinds of names that could stand at the end of these words: nothing else is asked of the engine. */
function neededNames(words: readonly string[]): Set<NameKind> {
  const needed = new Set<NameKind>();
  for (const [option, kind] of Object.entries(OPTION_KINDS)) {
    if (words.at(-2) === `--${option}` || words.at(-1)?.startsWith(`--${option}=`)) needed.add(kind);
  }
  const plain = words.filter((word) => !word.startsWith('-'));
  const path = root.commands.get(`${plain[0]} ${plain[1]}`) ?? root.commands.get(plain[0] ?? '');
  for (const [argument] of path?.arguments ?? []) {
    const kind = argumentKind(path?.value ?? '', argument);
    if (kind) needed.add(kind);
  }
  return needed;
}

const FILE_COMMANDS = new Set(['ls', 'tree', 'sizes', 'scan', 'location add', 'index quick-scan', 'index browse']);
/** Of `mooring file`: all others take paths. */
const JOB_FILE_VERBS = new Set(['report', 'limit-speed', 'trashed']);
/** Commands that take a path as well as a name. */
const REF_COMMANDS = new Set(['location', 'volume', 'library', 'index']);

function takesFiles(words: readonly string[]): boolean {
  const [command = '', verb = ''] = words;
  const last = words.at(-1) ?? '';
  const looksLikePath = /^[./~]/.test(last);
  // What follows an option is its value, as far as is known without looking at each command.
  if (last.startsWith('-') || (words.at(-2)?.startsWith('--') && !looksLikePath)) return false;
  if (words.length > 1 && FILE_COMMANDS.has(command)) return true;
  if (words.length > 2 && command === 'file') return !JOB_FILE_VERBS.has(verb);
  return words.length > 2 && (FILE_COMMANDS.has(`${command} ${verb}`) || (REF_COMMANDS.has(command) && looksLikePath));
}

async function engineNames(words: readonly string[], needed: ReadonlySet<NameKind>): Promise<Partial<Record<NameKind, Suggestion[]>>> {
  const option = (name: string) => words[words.indexOf(name) + 1] ?? '';
  const session = new Session({
    start: false,
    color: false,
    ...(words.includes('--data-dir') ? { dataDir: option('--data-dir') } : {}),
    ...(words.includes('--instance') ? { instance: option('--instance') } : {}),
  });
  const timeout = new Promise<object>((resolve) => setTimeout(() => resolve({}), NAMES_TIMEOUT_MS).unref());
  const fetched = session.runningEngine().then((engine) => (engine ? fetchNames(engine, needed, words.at(-1) ?? '') : {}));
  // A shell that asks for suggestions cannot show an error.
  const names = await Promise.race([fetched.catch(() => ({})), timeout]);
  await session.close();
  return names;
}
