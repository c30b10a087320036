import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { type ErrorBody, MooringError } from '#shared/contract/error.ts';
import type { HostPaths } from './host/host-paths.ts';

export interface EngineWorkerOptions {
  paths: HostPaths;
  host: 'desktop' | 'daemon' | 'test';
  version: string;
  logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** Serve the web page and REST on 127.0.0.1 too. `port` 0: any free one. */
  http?: { port: number } | undefined;
}

export interface EngineReady {
  pid: number;
  socketPath: string;
  /** `http://127.0.0.1:PORT`, or null when HTTP is off. */
  httpAddress: string | null;
  token: string | null;
}

/** From the hosting thread to the worker. */
export type EngineWorkerRequest = { type: 'open-port'; port: MessagePort } | { type: 'close' };

/** From the worker to the hosting thread. */
export type EngineWorkerMessage =
  | { type: 'ready'; info: EngineReady }
  | { type: 'failed'; error: ErrorBody; stack: string }
  | { type: 'shutdown-requested' }
  /** All is closed, and the thread ends. */
  | { type: 'closed' };

/** How the worker ended: asked to, or by itself (`error` says why where it is known). */
export interface EngineExit {
  expected: boolean;
  error: Error | null;
}

/** The engine in its worker thread, as the hosting thread sees it. */
export interface EngineWorker {
  readonly ready: EngineReady;
  /** One more port that speaks the contract (oRPC's message-port protocol). Whoever takes it closes it. */
  openPort(): MessagePort;
  /** Closes engine and servers in order; the same promise every time. A thread that a drive holds up is not waited for: see `hasEnded`. */
  close(): Promise<void>;
  /** Whether no thread of it is left. */
  readonly hasEnded: boolean;
  onExit(listener: (exit: EngineExit) => void): void;
  /** A client asked for an end of the host (`system.shutdown`). */
  onShutdownRequest(listener: () => void): void;
}

/** A thread that has closed everything ends in this time, unless it waits for one that a drive holds up. */
const END_TIMEOUT_MS = 2000;
/** Of short-lived objects. V8 would keep more from the operating system for a speed that an idle engine has no use for; with half as much, there are twice as many pauses. */
const YOUNG_GENERATION_MB = 12;

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./engine-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Starts the engine in a worker thread; ready to be called when the promise resolves.
 * @throws DATA_FOLDER_IN_USE and whatever else kept the engine from starting
 */
export function startEngineWorker(options: EngineWorkerOptions): Promise<EngineWorker> {
  const worker = new Worker(WORKER_URL, {
    workerData: options,
    name: 'engine',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const exitListeners: ((exit: EngineExit) => void)[] = [];
  const shutdownListeners: (() => void)[] = [];
  let crash: Error | null = null;
  let isClosing = false;
  let hasEnded = false;
  const closed = Promise.withResolvers<void>();
  const send = (request: EngineWorkerRequest, transfer: MessagePort[] = []) => worker.postMessage(request, transfer);

  function openPort(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    send({ type: 'open-port', port: port2 }, [port2]);
    return port1;
  }

  return new Promise((resolve, reject) => {
    worker.on('error', (error) => {
      crash = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      hasEnded = true;
      closed.resolve();
      reject(crash ?? new MooringError('INTERNAL', `The engine ended before it had started (code ${code}).`));
      for (const listener of exitListeners) listener({ expected: isClosing, error: crash });
    });
    worker.on('message', (message: EngineWorkerMessage) => {
      if (message.type === 'failed') {
        const cause = new Error(message.stack);
        reject(new MooringError(message.error.code, message.error.message, { details: message.error.details, cause }));
      } else if (message.type === 'shutdown-requested') {
        for (const listener of shutdownListeners) listener();
      } else if (message.type === 'closed') {
        setTimeout(closed.resolve, END_TIMEOUT_MS).unref();
      } else {
        resolve({
          ready: message.info,
          openPort,
          close: () => {
            if (!isClosing) send({ type: 'close' });
            isClosing = true;
            return closed.promise;
          },
          get hasEnded() {
            return hasEnded;
          },
          onExit: (listener) => void exitListeners.push(listener),
          onShutdownRequest: (listener) => void shutdownListeners.push(listener),
        });
      }
    });
  });
}
