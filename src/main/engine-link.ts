import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { MessagePortMain } from 'electron';
import { startEngineWorker } from '#core/engine-worker-client.ts';
import { connectToHost, openHostSocket } from '#core/host/host-client.ts';
import type { HostPaths } from '#core/host/host-paths.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';

/** One way to an engine, until it ends. */
export interface EngineLink {
  mode: 'own' | 'attached';
  client: EngineClient;
  /** Of the process that has the engine: where it gives out the contents of files. */
  socketPath: string;
  /** Passes a page's messages to the engine and back, understanding none of them. The port closes when the engine ends. */
  relay(port: MessagePortMain): void;
  /** Resolves when the engine is gone: null when it was told to go, else why. */
  ended: Promise<Error | null>;
  /** Whether no thread of this process is left of it. */
  readonly hasEnded: boolean;
  close(): Promise<void>;
}

export interface OwnEngineOptions {
  paths: HostPaths;
  version: string;
  /** A client, e.g. the command line, asked for an end of the whole program. */
  onShutdownRequest(): void;
}

/**
 * The engine in a worker thread of this process.
 * @throws DATA_FOLDER_IN_USE and whatever else keeps an engine from starting
 */
export async function startOwnEngine({ paths, version, onShutdownRequest }: OwnEngineOptions): Promise<EngineLink> {
  const worker = await startEngineWorker({ paths, version, host: 'desktop' });
  worker.onShutdownRequest(onShutdownRequest);
  const ownPort = worker.openPort();
  const headers = { 'mooring-contract': String(CONTRACT_VERSION) };
  const client: EngineClient = createORPCClient(new RPCLink({ port: ownPort, headers }));
  return {
    mode: 'own',
    client,
    socketPath: worker.ready.socketPath,
    relay(port) {
      const engine = worker.openPort();
      engine.on('message', (data) => port.postMessage(data));
      engine.on('close', () => port.close());
      port.on('message', ({ data }) => engine.postMessage(data));
      port.on('close', () => engine.close());
      port.start();
    },
    ended: new Promise((resolve) => {
      worker.onExit(({ expected, error }) => resolve(expected ? null : (error ?? new Error('The engine ended without a word'))));
    }),
    get hasEnded() {
      return worker.hasEnded;
    },
    close: async () => {
      await worker.close();
      ownPort.close();
    },
  };
}

/**
 * The engine of the process that has the data folder open, over its socket.
 * @throws ENGINE_UNREACHABLE, CONTRACT_MISMATCH
 */
export async function attachToEngine(socketPath: string): Promise<EngineLink> {
  const connection = await connectToHost(socketPath);
  await connection.client.system.connect({ contractVersion: CONTRACT_VERSION, client: 'desktop' });
  return {
    mode: 'attached',
    client: connection.client,
    socketPath,
    relay: (port) => void relayToSocket(socketPath, port),
    ended: connection.closed.then(() => new Error('The process whose engine was shown has ended')),
    hasEnded: true,
    close: async () => connection.close(),
  };
}

async function relayToSocket(socketPath: string, port: MessagePortMain): Promise<void> {
  const socket = await openHostSocket(socketPath).catch(() => null);
  if (!socket) {
    // The page hears of it as of any other end, and asks for a new port.
    port.close();
    return;
  }
  socket.on('message', (data: Buffer, isBinary: boolean) => port.postMessage(isBinary ? new Uint8Array(data) : data.toString()));
  socket.on('close', () => port.close());
  port.on('message', ({ data }) => socket.send(data));
  port.on('close', () => socket.close());
  port.start();
}
