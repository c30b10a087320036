import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Start {
  argv: string[];
  cwd: string;
  data: object | undefined;
}

/**
 * Electron's single instance lock, per `userData` folder: whoever comes second leaves its command line for the first
 * and is told to go. Synchronous, as in Electron.
 */
export class SingleInstance {
  readonly #folder: string;
  #release: (() => void) | null = null;

  constructor(userData: string) {
    this.#folder = join(userData, 'stand-in-instance');
  }

  request(own: Start, onSecond: (start: Start) => void): boolean {
    mkdirSync(this.#folder, { recursive: true });
    const lock = join(this.#folder, 'lock');
    for (;;) {
      try {
        writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
        break;
      } catch {
        // Somebody holds it, or held it and is gone.
        if (isAlive(Number(readFileSync(lock, 'utf8')))) {
          this.#leaveMessage(own);
          return false;
        }
        rmSync(lock, { force: true });
      }
    }
    const watcher = watch(this.#folder, () => this.#readMessages(onSecond));
    watcher.unref();
    this.#release = () => {
      watcher.close();
      rmSync(lock, { force: true });
    };
    return true;
  }

  release(): void {
    this.#release?.();
    this.#release = null;
  }

  #leaveMessage(own: Start): void {
    const path = join(this.#folder, `start-${process.pid}`);
    writeFileSync(`${path}.part`, JSON.stringify(own));
    renameSync(`${path}.part`, `${path}.json`);
  }

  #readMessages(onSecond: (start: Start) => void): void {
    for (const name of readdirSync(this.#folder).filter((entry) => entry.endsWith('.json'))) {
      const path = join(this.#folder, name);
      const start: Start = JSON.parse(readFileSync(path, 'utf8'));
      rmSync(path);
      onSecond(start);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: no such process.
    return false;
  }
}
