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

/**
 * The messages of the contract over a socket, not yet understood: for `connectToHost`, and for a process that only passes
 * them on.
 * @throws ENGINE_UNREACHABLE when nobody listens
 */
export async function openHostSocket(socketPath: string): Promise<WebSocket> {
  const ws = new WebSocket('ws://mooring/', { createConnection: () => connect(socketPath), perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', (error) =>
      reject(new MooringError('ENGINE_UNREACHABLE', 'Mooring is not running. Start it with `mooring start`.', { cause: error })),
    );
  });
  // An error after this is followed by 'close', which is what users of the socket listen to.
  ws.on('error', () => ws.terminate());
  return ws;
}

/** @throws ENGINE_UNREACHABLE */
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
