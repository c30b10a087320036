import { join } from 'node:path';
import type { Engine } from '#core/engine.ts';
import { serveContent } from './content-route.ts';
import { startHttpServer } from './http-server.ts';
import { loadHttpToken } from './http-token.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import type { ServingState } from './rpc-interceptors.ts';
import { startSocketServer } from './socket-server.ts';

export interface ServeOptions {
  socketPath: string;
  /** Absent: no HTTP. `port` 0: any free one. */
  http?: { port: number; pageDir?: string } | undefined;
}

/** An engine that answers on its socket and, where asked for, on HTTP. */
export interface ServedEngine {
  /** Read by every transport; see `ServingState`. */
  state: ServingState;
  httpAddress: string | null;
  /** For `GET /?token=…`; null when HTTP is off. */
  token: string | null;
  /** From now on no new connection, and no new call on the old ones. */
  stopAccepting(): void;
  close(): Promise<void>;
}

/** @throws DATA_FOLDER_IN_USE, CONFLICT (port taken) */
export async function serveEngine(engine: Engine, options: ServeOptions): Promise<ServedEngine> {
  const { router, services } = engine;
  const state: ServingState = { isStopping: false };
  const log = services.log.child({ component: 'host' });
  const content = serveContent({ contents: services.contents, state, log });
  const socketServer = await startSocketServer(options.socketPath, { router, state, log, content });
  const token = options.http ? loadHttpToken(services.options.dataDir) : null;
  const httpServer =
    options.http && token
      ? await startHttpServer({
          router,
          state,
          log,
          token,
          content,
          version: services.options.version,
          port: options.http.port,
          pageDir: options.http.pageDir ?? join(PACKAGE_ROOT, 'out', 'renderer'),
        }).catch(async (error) => {
          await socketServer.close();
          throw error;
        })
      : null;
  services.serving.httpAddress = httpServer?.address ?? null;
  return {
    state,
    token,
    httpAddress: httpServer?.address ?? null,
    stopAccepting: () => {
      state.isStopping = true;
      socketServer.stopAccepting();
      httpServer?.stopAccepting();
    },
    close: async () => {
      state.isStopping = true;
      await Promise.all([socketServer.close(), httpServer?.close()]);
    },
  };
}
