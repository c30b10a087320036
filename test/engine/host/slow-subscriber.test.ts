import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serveEngine } from '#core/host/serve.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const EVENTS = 20_000;

it('a subscriber that does not read loses events and is told so, instead of filling the memory of the engine', async () => {
  await using test = await startTestEngine();
  const socketPath = join(await makeTestDir('socket'), 'socket');
  const served = await serveEngine(test.engine, { socketPath });
  const socket = new WebSocket('ws://mooring/', { createConnection: () => connect(socketPath) });
  const client: EngineClient = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  const events = await client.events.subscribe({ types: ['CoreNotice', 'EventsLost'] });
  socket.pause();
  for (let n = 0; n < EVENTS; n++) {
    test.services.events.publish({ type: 'CoreNotice', code: 'TEST', message: String(n).padEnd(1000) });
    if (n % 100 === 0) await nextTurn();
  }
  socket.resume();
  let received = 0;
  let lost = 0;
  for await (const event of events) {
    if (event.type === 'EventsLost') lost += event.count;
    else received++;
    if (received + lost === EVENTS) break;
  }
  expect(lost).toBeGreaterThan(EVENTS / 2);
  socket.terminate();
  await served.close();
});
