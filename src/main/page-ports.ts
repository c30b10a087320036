import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, MessageChannelMain } from 'electron';
import { rpcInterceptors } from '#core/host/rpc-interceptors.ts';
import type { Logger } from '#core/log/logger.ts';
import { CONNECT_MESSAGE, PORTS_MESSAGE } from '#shared/page-ports.ts';
import type { EngineConnection } from './engine-connection.ts';
import { isTrustedSender } from './security.ts';

export interface PagePortsOptions {
  connection: EngineConnection;
  shellRouter: AnyRouter;
  isOwnPage(url: string): boolean;
  log: Logger;
}

/** Answers a page that asks to be connected with a port to the engine and a port to the shell. Nothing else goes over IPC. */
export function offerPagePorts({ connection, shellRouter, isOwnPage, log }: PagePortsOptions): void {
  const shell = new RPCHandler(shellRouter, { interceptors: rpcInterceptors({ isStopping: false }, log) });
  ipcMain.on(CONNECT_MESSAGE, (event) => {
    const frame = event.senderFrame;
    if (!frame || !isTrustedSender(frame, isOwnPage)) {
      log.warn({ url: frame?.url }, 'A stranger asked for the engine');
      return;
    }
    const engineChannel = new MessageChannelMain();
    const shellChannel = new MessageChannelMain();
    shell.upgrade(shellChannel.port1, { context: { transport: 'message-port', sender: event.sender } });
    shellChannel.port1.start();
    // While the engine is still starting, what the page sends waits in its port.
    connection.relay(engineChannel.port1).catch(() => engineChannel.port1.close());
    frame.postMessage(PORTS_MESSAGE, null, [engineChannel.port2, shellChannel.port2]);
  });
}
