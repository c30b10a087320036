import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to whoever asks for any port, and to whoever connects: nobody takes one of these by chance. */
const FIRST = 20_000;
const COUNT = 10_000;

/** A port of this computer that is free, and stays so also while who listens at it is away for a moment. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = FIRST + randomInt(COUNT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    // Somebody listens there: another one will do.
    return false;
  } finally {
    server.close();
  }
}
