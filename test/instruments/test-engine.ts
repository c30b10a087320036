import { rm } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import { Engine, type EngineOptions } from '#core/engine.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { makeTestDir } from './test-run.ts';

export interface TestEngine extends AsyncDisposable {
  engine: Engine;
  services: Engine['services'];
  /** A client in this process: input and output are checked as over a wire. */
  client: EngineClient;
  dataDir: string;
}

/**
 * A real engine in a data folder of its own, which is removed on disposal. A folder that is given is kept, so that another
 * engine can be started in it.
 */
export async function startTestEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const dataDir = options.dataDir ?? (await makeTestDir('engine'));
  const engine = await Engine.start({ instance: 'test', host: 'test', version: '0.0.0-test', logLevel: 'debug', ...options, dataDir });
  return {
    engine,
    services: engine.services,
    client: createRouterClient(engine.router, { context: { transport: 'message-port' } }),
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
