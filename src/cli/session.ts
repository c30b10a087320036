import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import type { HostConnection } from '#core/host/host-client.ts';
import { type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { formatSdPath } from '#shared/sd-path.ts';
import { withHint } from './printers/error-hint.ts';
import { safeText } from './printers/safe-text.ts';
import { rawPath } from './raw-path.ts';

/** Options that every command has. */
export interface GlobalOptions {
  json?: boolean;
  dataDir?: string;
  instance?: string;
  /** False after `--no-start`. */
  start: boolean;
  /** False after `--no-color`. */
  color: boolean;
  verbose?: boolean;
  units?: SizeUnits;
}

/** One run of one command: its options, its connection to the engine, its output. */
export class Session {
  readonly options: GlobalOptions;
  readonly paths: HostPaths;
  readonly colors: ReturnType<typeof pc.createColors>;
  #connection: HostConnection | null = null;
  #hasPrinted = false;

  constructor(options: GlobalOptions) {
    this.options = options;
    this.paths = hostPaths(options);
    this.colors = pc.createColors(options.color && pc.isColorSupported && process.stdout.isTTY === true);
  }

  get isJson(): boolean {
    return this.options.json === true;
  }

  get units(): SizeUnits {
    return this.options.units ?? 'si';
  }

  /** The engine, started if nobody has it running. */
  async engine(): Promise<EngineClient> {
    if (this.#connection) return this.#connection.client;
    const connection = await this.#connect();
    this.#connection = connection;
    return connection.client;
  }

  /** The engine only if it runs already. */
  async runningEngine(): Promise<EngineClient | null> {
    if (this.#connection) return this.#connection.client;
    const { connectToHost } = await import('#core/host/host-client.ts');
    this.#connection = await connectToHost(this.paths.socketPath).catch(nullWhenUnreachable);
    return this.#connection?.client ?? null;
  }

  /** A path of the user's as the engine needs it: absolute, seen from the caller's folder. SdPaths stay as they are. */
  absolutePath(path: string): string {
    return path.startsWith('sd://') ? path : resolve(path);
  }

  /** As `absolutePath`, for what the engine reads as an address: bytes that are not UTF-8 survive. */
  async address(path: string): Promise<string> {
    if (path.startsWith('sd://')) return path;
    const bytes = rawPath(path);
    if (!bytes) return resolve(path);
    const { device } = await (await this.engine()).system.info();
    return formatSdPath(device.id, bytes);
  }

  /** As `pathOrName`, for what the engine reads as an address where it is a path. */
  async addressOrName(ref: string): Promise<string> {
    const isPath = ref.startsWith('/') || this.pathOrName(ref) !== ref || (ref.includes('/') && ref.includes('\ufffd'));
    return isPath ? this.address(ref) : ref;
  }

  /** What is written as a path is taken relative to the caller's folder; anything else is a name or an id. */
  pathOrName(ref: string): string {
    const isPath =
      /^(\.{0,2}[\\/]|\.{1,2}$|[a-z]:[\\/])/i.test(ref) || ref.endsWith('.sdlibrary') || (ref.includes('/') && existsSync(ref));
    return isPath && !ref.startsWith('sd://') ? resolve(ref) : ref;
  }

  /** As input of the calls where a library may be left out. */
  libraryRef(ref: string | undefined): { library?: string } {
    return ref === undefined ? {} : { library: this.pathOrName(ref) };
  }

  /** The result of a command: the contract's own document with `--json`, text for people otherwise. */
  print(document: unknown, human: () => string): void {
    this.#hasPrinted = true;
    const text = this.isJson ? JSON.stringify(document) : human();
    if (text !== '') process.stdout.write(`${text}\n`);
  }

  /** A part of a result that is printed as it comes. Whoever begins a JSON document ends it, whatever happens. */
  printPart(text: string): void {
    this.#hasPrinted = true;
    process.stdout.write(text);
  }

  /** One line of a stream. */
  printLine(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  /** A remark for people that is no result. */
  note(text: string): void {
    if (!this.isJson || this.options.verbose) process.stderr.write(`${text}\n`);
  }

  fail(thrown: unknown): void {
    const error = this.#wasCutOff(thrown)
      ? new MooringError('ENGINE_UNREACHABLE', 'Mooring ended before it had answered. Try again.', { cause: thrown })
      : thrown;
    // A document that was printed already is the answer; a second one would make both unreadable.
    if (!(this.isJson && this.#hasPrinted)) printError(toMooringError(error), this.isJson);
    if (this.options.verbose && error instanceof Error && error.cause instanceof Error)
      process.stderr.write(`Cause: ${error.cause.message}\n`);
    process.exitCode = 1;
  }

  /** The same options, for another instance. */
  forInstance(instance: string): Session {
    return new Session({ ...this.options, instance });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    this.#connection?.close();
    this.#connection = null;
  }

  /** A call whose connection ends fails with an error of the transport's own. */
  #wasCutOff(error: unknown): boolean {
    return this.#connection?.isOpen === false && toMooringError(error).code === 'INTERNAL';
  }

  async #connect(): Promise<HostConnection> {
    const { connectToHost } = await import('#core/host/host-client.ts');
    const running = await connectToHost(this.paths.socketPath).catch(nullWhenUnreachable);
    if (running) return running;
    if (!this.options.start) {
      throw new MooringError('ENGINE_UNREACHABLE', 'Mooring is not running, and --no-start forbids to start it. Run `mooring start`.');
    }
    const { ensureDaemon } = await import('./ensure-daemon.ts');
    return ensureDaemon(this.paths);
  }
}

function nullWhenUnreachable(error: unknown): null {
  if (error instanceof MooringError && error.code === 'ENGINE_UNREACHABLE') return null;
  throw error;
}

/** One JSON document on stdout, or a sentence or two on stderr. Never a stack. */
export function printError(error: MooringError, isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify({ error: error.toBody() })}\n`);
  else process.stderr.write(`mooring: ${withHint(error).split('\n').map(safeText).join('\n')}\n`);
}
