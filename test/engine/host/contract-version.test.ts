import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startEngineWorker } from '#core/engine-worker-client.ts';
import { hostPaths } from '#core/host/host-paths.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { type LocalService, startLocalService } from './local-service.ts';

const OTHER = { 'mooring-contract': '999' };
let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
});
afterAll(() => service[Symbol.asyncDispose]());

it('REST tells a client of another version', async () => {
  const answer = await service.ask('/api/v1/health', { headers: OTHER });
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({ code: 'CONTRACT_MISMATCH', details: { contractVersion: expect.any(Number) } });
  expect((await service.ask('/api/v1/health', { headers: { 'mooring-contract': 'garbage' } })).status).toBe(409);
});

it('the page’s WebSocket tells a client of another version', async () => {
  const { socket } = await service.openSocket('/rpc', { authorization: `Bearer ${service.token}` });
  await expectMismatch(websocketClient(socket));
  socket.terminate();
});

it('the Unix socket tells a client of another version', async () => {
  const socket = new WebSocket('ws://mooring/', { createConnection: () => connect(service.daemon.paths.socketPath) });
  await expectMismatch(websocketClient(socket));
  socket.terminate();
});

it('a message port tells a client of another version', async () => {
  const dataDir = await makeTestDir('worker');
  const worker = await startEngineWorker({ paths: hostPaths({ dataDir }, {}), host: 'test', version: '0.0.0' });
  const port = worker.openPort();
  await expectMismatch(createORPCClient(new MessagePortLink({ port, headers: OTHER })));
  port.close();
  await worker.close();
});

it('system.connect tells it too', async () => {
  const answer = await service.ask('/api/v1/connect', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ contractVersion: 999, client: 'test' }),
  });
  expect(answer.json).toMatchObject({ code: 'CONTRACT_MISMATCH' });
});

function websocketClient(socket: WebSocket): EngineClient {
  return createORPCClient(new WebSocketLink({ websocket: socket as unknown as globalThis.WebSocket, headers: OTHER }));
}

async function expectMismatch(client: EngineClient): Promise<void> {
  await expect(client.system.health()).rejects.toMatchObject({ code: 'CONTRACT_MISMATCH', status: 409 });
}
