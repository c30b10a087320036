/** The web page: a WebSocket to the daemon that served the page. The cookie set by the daemon authenticates it. */
import { RPCLink } from '@orpc/client/websocket';
import { type Connection, type Transport, UnauthorizedError } from './transport.ts';

/** The daemon marks the pages that it serves. */
export function isWebPage(): boolean {
  return document.querySelector('meta[name="mooring-host"][content="web"]') !== null;
}

export const webTransport: Transport = {
  async open(): Promise<Connection> {
    const address = new URL('/rpc', window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const websocket = new WebSocket(address);
    websocket.binaryType = 'arraybuffer';
    const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve(), { once: true }));
    const opened = new Promise<true>((resolve) => websocket.addEventListener('open', () => resolve(true), { once: true }));
    const isOpen = await Promise.race([opened, closed.then(() => false)]);
    if (!isOpen) throw await refusal();
    return { link: new RPCLink({ websocket }), closed, close: () => websocket.close() };
  },
};

/** A browser hides why a WebSocket was refused; a plain request over the same cookie tells. */
async function refusal(): Promise<Error> {
  try {
    const response = await fetch('/api/v1/health', { cache: 'no-store' });
    if (response.status === 401 || response.status === 403) return new UnauthorizedError('The daemon refuses this browser.');
  } catch {
    // Nobody listens there: the daemon is down, and the caller tries again.
  }
  return new Error('The daemon does not answer.');
}
