import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalService, startLocalService } from './local-service.ts';

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
});
afterAll(() => service[Symbol.asyncDispose]());

const bodyOf = (code: string) => ({ code, message: expect.any(String) });

describe('the token', () => {
  it('is needed for the page, its assets, REST and the OpenAPI document', async () => {
    for (const path of ['/', '/index.html', '/assets/x.js', '/api/v1/health', '/api/v1/openapi.json', '/api/v1/metrics', '/nothing']) {
      const answer = await service.ask(path, { token: null });
      expect(answer.status, path).toBe(401);
      if (path.startsWith('/api/')) expect(answer.json).toEqual(bodyOf('UNAUTHORIZED'));
      else expect(answer.body).toContain('This page is locked');
    }
  });

  it('is refused when it is wrong, whatever its length', async () => {
    for (const token of ['x', service.token.slice(1), `${service.token}x`, service.token.toLowerCase()]) {
      expect((await service.ask('/api/v1/health', { token })).status).toBe(401);
      expect((await service.ask(`/?token=${token}`, { token: null })).status).toBe(401);
    }
  });

  it('lies in a file that only its owner reads, and has 256 bits', () => {
    const path = join(service.daemon.dataDir, 'http-token');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')).toHaveLength(32);
  });

  it('in the address becomes a cookie, and the address bar loses it', async () => {
    const answer = await service.ask(`/?token=${service.token}`, { token: null });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(new RegExp(`^mooring-token-${service.port}=`));
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    const page = await service.ask('/', { token: null, headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(page.status).toBe(200);
  });

  it('stays the same over a restart, so that a browser stays signed in', async () => {
    await using other = await startLocalService();
    const restarted = await other.daemon.json<{ url: string }>(['restart']);
    expect(new URL(restarted.url).searchParams.get('token')).toBe(other.token);
    expect(new URL(restarted.url).port).toBe(String(other.port));
  });
});

describe('where a request comes from', () => {
  it('Host has to be this computer', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${service.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${service.port}`,
    ]) {
      const answer = await service.ask('/api/v1/health', { headers: { host } });
      expect(answer.status, host).toBe(403);
      expect(answer.json).toEqual(bodyOf('FORBIDDEN'));
    }
    for (const host of [`127.0.0.1:${service.port}`, `localhost:${service.port}`, `[::1]:${service.port}`]) {
      expect((await service.ask('/api/v1/health', { headers: { host } })).status, host).toBe(200);
    }
  });

  it('Origin, when there is one, has to be our page, even with the token', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${service.port}`, `http://127.0.0.1:${service.port + 1}`]) {
      expect((await service.ask('/api/v1/health', { headers: { origin } })).status, origin).toBe(403);
      expect((await service.ask(`/?token=${service.token}`, { token: null, headers: { origin } })).status, origin).toBe(403);
    }
    const own = await service.ask('/api/v1/health', { headers: { origin: `http://127.0.0.1:${service.port}` } });
    expect(own.status).toBe(200);
  });

  it('pages of other ports, which get our cookie sent along, are refused', async () => {
    const cookie = `mooring-token-${service.port}=${service.token}`;
    for (const site of ['same-site', 'cross-site']) {
      const headers = { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
      expect((await service.ask('/api/v1/health', { token: null, headers })).status, site).toBe(403);
    }
  });

  it('nobody listens on another address than 127.0.0.1', async () => {
    const others = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((found) => !found.internal && found.family === 'IPv4'),
    );
    for (const { address } of others) {
      const socket = connect(service.port, address);
      const [error] = await once(socket, 'error');
      expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
    }
  });

  it('WebSockets are held to the same', async () => {
    const cookie = `mooring-token-${service.port}=${service.token}`;
    const origin = `http://127.0.0.1:${service.port}`;
    const statuses = await Promise.all(
      [
        {},
        { cookie: `${cookie}x`, origin },
        { cookie, origin: 'http://evil.example' },
        { cookie, origin, host: 'evil.example' },
        { cookie, origin },
        { authorization: `Bearer ${service.token}` },
      ].map(async (headers: Record<string, string>) => {
        const { status, socket } = await service.openSocket('/rpc', headers);
        socket.terminate();
        return status;
      }),
    );
    expect(statuses).toEqual([401, 401, 403, 403, 101, 101]);
    expect((await service.openSocket('/other', { cookie, origin })).status).toBe(404);
  });
});

describe('what is sent', () => {
  it('bodies over 1 MiB are refused, with their length told or not', async () => {
    const body = JSON.stringify({ contractVersion: 1, client: 'x'.repeat(1024 * 1024) });
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const answer = await service.ask('/api/v1/connect', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      expect(answer.status).toBe(413);
      expect(answer.json).toEqual(bodyOf('BODY_TOO_LARGE'));
    }
  });

  it('a WebSocket message over 1 MiB ends that connection and no other', async () => {
    const headers = { authorization: `Bearer ${service.token}` };
    const [big, small] = await Promise.all([service.openSocket('/rpc', headers), service.openSocket('/rpc', headers)]);
    big.socket.send('x'.repeat(1024 * 1024 + 1));
    const [code] = await once(big.socket, 'close');
    expect(code).toBe(1009);
    expect(small.socket.readyState).toBe(small.socket.OPEN);
    small.socket.terminate();
  });

  it('garbage over a WebSocket harms nobody', async () => {
    const { socket } = await service.openSocket('/rpc', { authorization: `Bearer ${service.token}` });
    for (const garbage of ['', 'x', '{}', '[]', 'null', '{"i":"1"}', '{"i":1,"p":{"u":"/../..","b":{}}}']) socket.send(garbage);
    socket.send(Buffer.from([0xff, 0x00, 0xfe]));
    expect((await service.ask('/api/v1/health')).status).toBe(200);
    socket.terminate();
  });

  it('broken JSON and input that does not fit are INVALID_INPUT', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{', '"text"', '[]', '{"contractVersion":"one"}']) {
      const answer = await service.ask('/api/v1/connect', { method: 'POST', body, headers });
      expect(answer.status, body).toBe(400);
      expect(answer.json).toMatchObject({ code: 'INVALID_INPUT' });
      expect(Object.keys(answer.json as object).filter((key) => !['code', 'message', 'details'].includes(key))).toEqual([]);
    }
  });

  it('paths never lead out of the page’s folder', async () => {
    const paths = [
      '/../package.json',
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../main/cli.js',
      '/assets/..%5c..%5cmain%5ccli.js',
      '//etc/passwd',
      '/etc/passwd',
      '/%00',
      '/%',
      '/.built',
    ];
    for (const path of paths) {
      const answer = await service.ask(path);
      expect(answer.status, path).toBe(404);
      expect(answer.body, path).not.toContain('mooring":');
    }
  });
});

describe('what is answered', () => {
  it('the page is told that it is the web page, and may run nothing but its own scripts', async () => {
    const answer = await service.ask('/');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<meta name="mooring-host" content="web">');
    const policy = String(answer.headers['content-security-policy']);
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain('unsafe');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('unknown paths under /api are PROCEDURE_NOT_FOUND', async () => {
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/'],
      ['GET', '/api/v1'],
      ['GET', '/api/v1/nothing'],
      ['PUT', '/api/v1/health'],
      ['GET', '/api/v2/health'],
    ] as const) {
      const answer = await service.ask(path, { method });
      expect(answer.status, path).toBe(404);
      expect(answer.json).toEqual(bodyOf('PROCEDURE_NOT_FOUND'));
    }
  });

  it('metrics are Prometheus text when asked for text, and JSON otherwise', async () => {
    const text = await service.ask('/api/v1/metrics', { headers: { accept: 'text/plain' } });
    expect(text.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text.body).toMatch(/^mooring_uptime_seconds \d/m);
    expect((await service.ask('/api/v1/metrics')).json).toMatchObject({ uptimeSeconds: expect.any(Number) });
  });

  it('the OpenAPI document names every procedure of the contract', async () => {
    const { json } = await service.ask('/api/v1/openapi.json');
    const document = json as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/health', '/volumes', '/events', '/actions', '/jobs/{id}']));
  });
});
