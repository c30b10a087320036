import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError } from '#shared/contract/error.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';

/** A host that answers on its socket. */
export interface HostConnection {
  client: EngineClient;
  readonly isOpen: boolean;
  /** Ends with the connection, whoever ended it. */
  closed: Promise<void>;
  close(): void;
}

/** The kernel takes the connection also for a process that is stopped or hung; a busy engine answers within this time. */
const HANDSHAKE_TIMEOUT_MS = 8000;

/**
 * The messages of the contract over a socket, not yet understood: for `connectToHost`, and for a process that only passes
 * them on.
 * @throws ENGINE_UNREACHABLE when nobody listens; TIMEOUT when somebody does who does not answer
 */
export async function openHostSocket(socketPath: string): Promise<WebSocket> {
  const ws = new WebSocket('ws://mooring/', {
    createConnection: () => connect({ path: socketPath, timeout: HANDSHAKE_TIMEOUT_MS }),
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', (error) => reject(connectionError(error)));
  });
  // An error after this is followed by 'close', which is what users of the socket listen to.
  ws.on('error', () => ws.terminate());
  return ws;
}

/** @throws ENGINE_UNREACHABLE, TIMEOUT */
export async function connectToHost(socketPath: string): Promise<HostConnection> {
  const ws = await openHostSocket(socketPath);
  const headers = { 'mooring-contract': String(CONTRACT_VERSION) };
  // `ws` has all of the browser's interface that the link uses.
  const link = new RPCLink({ websocket: ws as unknown as globalThis.WebSocket, headers });
  return {
    client: createORPCClient(link),
    get isOpen() {
      return ws.readyState === WebSocket.OPEN;
    },
    closed: new Promise((resolve) => ws.once('close', () => resolve())),
    // A call that was aborted just now still has to tell the other side; the link fails loudly when it cannot.
    close: () => void setImmediate(() => ws.close()),
  };
}

function connectionError(error: Error): MooringError {
  // Errors of the system (no socket, nobody behind it) carry a code; that of the handshake's time limit does not.
  return 'code' in error
    ? new MooringError('ENGINE_UNREACHABLE', 'Mooring is not running. Start it with `mooring start`.', { cause: error })
    : new MooringError('TIMEOUT', 'Mooring runs, but does not answer. Try again, or end it with `mooring stop --force`.', { cause: error });
}
