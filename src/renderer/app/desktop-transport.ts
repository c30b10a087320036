/** The desktop page: preload hands over two message ports, one to the engine and one to the window's own process. */
import { RPCLink } from '@orpc/client/message-port';
import { CONNECT_MESSAGE, PORTS_MESSAGE } from '../../shared/page-ports.ts';
import { useShell } from './shell.ts';
import type { Connection, Transport } from './transport.ts';

const PORTS_TIMEOUT_MS = 10_000;

export const desktopTransport: Transport = {
  async open(): Promise<Connection> {
    const [enginePort, shellPort] = await receivePorts();
    const closed = new Promise<void>((resolve) => enginePort.addEventListener('close', () => resolve(), { once: true }));
    const connection = {
      link: new RPCLink({ port: enginePort }),
      closed,
      close: () => {
        enginePort.close();
        shellPort.close();
      },
    };
    enginePort.start();
    useShell.getState().connect(shellPort);
    return connection;
  },
};

/** Asks preload for ports. Only messages that this window sent to itself count: preload shares the window, frames do not. */
function receivePorts(): Promise<[MessagePort, MessagePort]> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort();
      reject(new Error('The window got no connection to the engine.'));
    }, PORTS_TIMEOUT_MS);
    const receive = (event: MessageEvent) => {
      const [engine, shell] = event.ports;
      if (event.source !== window || event.data?.type !== PORTS_MESSAGE || !engine || !shell) return;
      clearTimeout(timer);
      controller.abort();
      resolve([engine, shell]);
    };
    window.addEventListener('message', receive, { signal: controller.signal });
    window.postMessage({ type: CONNECT_MESSAGE }, window.location.origin);
  });
}
