import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import type { NativePath } from '#core/fs/native-path.ts';

export interface Space {
  /** Null until known. */
  totalBytes: number | null;
  availableBytes: number | null;
  unresponsive: boolean;
}

export interface SpaceQuestion {
  /** Tells mounts apart; another mount on the same folder has another one. */
  id: string;
  path: NativePath;
  /** Served by a network or a process: asked for in a child process, which can be killed. */
  mayHang: boolean;
}

interface Answer extends Space {
  at: number;
  failures: number;
  retry: NodeJS.Timeout | null;
}

/** Whoever waits for all volumes waits no longer for one: the last answer has to do. */
const GRACE_MS = 60;
/** Longer while there is no answer yet, so that a busy machine does not make a new volume look dead … */
const FIRST_GRACE_MS = 250;
/** … and for a local disk, which answers unless it is dying. */
const LOCAL_GRACE_MS = 500;
/** An answer that came after the grace is good for the look that it has caused. */
const FRESH_MS = 1000;
const FIRST_RETRY_MS = 4000;
const LONGEST_RETRY_MS = 5 * 60_000;

/**
 * Asks file systems for their size and free space, and is never held up by one that does not answer.
 *
 * A dead mount must not sit in Node's four-thread pool, where it would take every other file operation along: what may
 * hang is asked by `stat -f` in a child process. For a local disk a thread is used, one at most for each mount.
 */
export class SpaceProbe {
  #answers = new Map<string, Answer>();
  #asked = new Map<string, Promise<Answer>>();
  readonly #timeoutMs: () => number;
  readonly #onLate: () => void;

  /**
   * @param timeoutMs after this time a file system counts as unresponsive
   * @param onLate called when an answer, or its absence, became known after `ask` had returned, or when it is time to ask again
   */
  constructor(timeoutMs: () => number, onLate: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onLate = onLate;
  }

  async ask(question: SpaceQuestion): Promise<Space> {
    const known = this.#answers.get(question.id);
    const isPending = this.#asked.has(question.id);
    if (isPending || (known && (known.retry !== null || (Date.now() - known.at < FRESH_MS && question.mayHang)))) return known ?? SILENT;
    const asked = this.#start(question, known?.failures ?? 0);
    const graceMs = question.mayHang ? (known ? GRACE_MS : FIRST_GRACE_MS) : LOCAL_GRACE_MS;
    const answer = await Promise.race([asked, after(graceMs)]);
    if (answer) return answer;
    void asked.then((late) => {
      if (!known || known.unresponsive !== late.unresponsive || known.totalBytes === null) this.#onLate();
    });
    return known ?? SILENT;
  }

  /** Forgets mounts that are gone. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const [id, answer] of this.#answers) {
      if (ids.has(id)) continue;
      clearTimeout(answer.retry ?? undefined);
      this.#answers.delete(id);
    }
  }

  #start(question: SpaceQuestion, failures: number): Promise<Answer> {
    const known = this.#answers.get(question.id);
    let stuck = false;
    const reading = question.mayHang ? statInChild(question.path, this.#timeoutMs()) : statLocally(question.path);
    const deadline = after(this.#timeoutMs()).then((): Space => {
      stuck = true;
      return { ...(known ?? SILENT), unresponsive: true };
    });
    const asked = Promise.race([reading, deadline]).then((space) => this.#remember(question.id, space, failures));
    this.#asked.set(question.id, asked);
    const release = () => this.#asked.delete(question.id);
    // A thread that is stuck stays asked until it returns, so that no second one joins it.
    void asked.then(() => (stuck && !question.mayHang ? reading.then(release) : release()));
    return asked;
  }

  #remember(id: string, space: Space, failures: number): Answer {
    const failureCount = space.unresponsive ? failures + 1 : 0;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** (failureCount - 1), LONGEST_RETRY_MS);
    const answer: Answer = { ...space, at: Date.now(), failures: failureCount, retry: null };
    if (space.unresponsive) {
      answer.retry = setTimeout(() => {
        answer.retry = null;
        answer.at = 0;
        this.#onLate();
      }, retryMs).unref();
    }
    clearTimeout(this.#answers.get(id)?.retry ?? undefined);
    this.#answers.set(id, answer);
    return answer;
  }
}

/** Has not answered, so far or at all. */
const SILENT: Space = { totalBytes: null, availableBytes: null, unresponsive: true };
/** It answered, though not to us: a FUSE mount of another user, for example. */
const REFUSED: Space = { totalBytes: 0, availableBytes: 0, unresponsive: false };

async function statLocally(path: NativePath): Promise<Space> {
  try {
    const facts = await statfs(path);
    return { totalBytes: facts.blocks * facts.bsize, availableBytes: facts.bavail * facts.bsize, unresponsive: false };
  } catch (error) {
    return isRefusal(String(error)) ? REFUSED : SILENT;
  }
}

/** `stat -f` of the coreutils. %S, the unit of the block counts, differs from the preferred size %s on network file systems. */
function statInChild(path: NativePath, timeoutMs: number): Promise<Space> {
  // An argument is text: bytes that are not UTF-8 cannot be passed on.
  if (typeof path !== 'string') return Promise.resolve(REFUSED);
  const options = { timeout: timeoutMs, killSignal: 'SIGKILL', env: { ...process.env, LC_ALL: 'C' } } as const;
  return new Promise((resolve) => {
    const child = execFile('stat', ['-f', '-c', '%S %b %a', '--', path], options, (error, stdout, stderr) => {
      const [unit, blocks, available] = stdout.trim().split(' ').map(Number);
      if (error === null && unit !== undefined && blocks !== undefined && available !== undefined) {
        resolve({ totalBytes: unit * blocks, availableBytes: unit * available, unresponsive: false });
      } else {
        resolve(isRefusal(stderr) ? REFUSED : SILENT);
      }
    });
    child.unref();
  });
}

function isRefusal(message: string): boolean {
  return /EACCES|EPERM|permission denied|operation not permitted/i.test(message);
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref());
}
