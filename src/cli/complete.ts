import root, { script } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/contract.ts';
import { safeText } from './printers/safe-text.ts';
import { Session } from './session.ts';

/** Nobody waits longer for a Tab key. */
const NAMES_TIMEOUT_MS = 400;

interface Suggestion {
  value: string;
  description: string;
}

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

/** Answers a shell: suggestions for the last of `words`, one per line. Names of libraries and volumes come from a running engine. */
export async function complete(program: Command, words: string[]): Promise<void> {
  if (takesFiles(words)) {
    // Directive 0 of the script's protocol: let the shell complete file names.
    console.log(':0');
    return;
  }
  tab(program, { completionCommandName: 'completion' });
  const names = await engineNames(words);
  for (const [path, command] of root.commands) {
    const suggestions = path.startsWith('library ') ? names.libraries : path.startsWith('volume ') ? names.volumes : [];
    const offer = (complete: (value: string, description: string) => void) => {
      for (const { value, description } of suggestions) complete(value, description);
    };
    for (const name of ['library', 'volume']) {
      if (command.arguments.has(name)) command.argument(name, offer);
    }
    if (command.options.has('library')) {
      command.option('library', 'library', (offered) => {
        for (const { value, description } of names.libraries) offered(value, description);
      });
    }
  }
  root.parse(words);
}

function takesFiles(words: readonly string[]): boolean {
  const [command, verb] = words;
  const takes = words.length > 1 && (command === 'ls' || (words.length > 2 && command === 'file' && (verb === 'copy' || verb === 'info')));
  return takes && !words.at(-1)?.startsWith('-');
}

async function engineNames(words: readonly string[]): Promise<{ libraries: Suggestion[]; volumes: Suggestion[] }> {
  const none = { libraries: [], volumes: [] };
  if (!words.some((word) => word === 'library' || word === 'volume' || word === '--library')) return none;
  const option = (name: string) => words[words.indexOf(name) + 1] ?? '';
  const session = new Session({
    start: false,
    color: false,
    ...(words.includes('--data-dir') ? { dataDir: option('--data-dir') } : {}),
    ...(words.includes('--instance') ? { instance: option('--instance') } : {}),
  });
  const timeout = new Promise<typeof none>((resolve) => setTimeout(() => resolve(none), NAMES_TIMEOUT_MS).unref());
  const fetched = session.runningEngine().then((engine) => (engine ? fetchNames(engine) : none));
  // A shell that asks for suggestions cannot show an error.
  const names = await Promise.race([fetched.catch(() => none), timeout]);
  await session.close();
  return names;
}

async function fetchNames(engine: EngineClient): Promise<{ libraries: Suggestion[]; volumes: Suggestion[] }> {
  const [libraries, volumes] = await Promise.all([engine.libraries.list(), engine.volumes.list({ all: false })]);
  return {
    libraries: libraries.items.map(({ name, id, path }) => ({ value: plainWord(name) ?? id, description: safeText(path) })),
    volumes: volumes.items.map(({ name, fingerprint, mountPoint }) => ({
      value: plainWord(name) ?? fingerprint.slice(0, 12),
      description: safeText(`${name}, ${mountPoint ?? 'offline'}`),
    })),
  };
}

/** A name that needs no quoting in any shell; others are offered by their id. */
function plainWord(name: string): string | null {
  return /^[\w.+@%-]+$/.test(name) && !name.startsWith('-') ? name : null;
}
