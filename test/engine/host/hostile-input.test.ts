import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { type AnySchema, getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import { isErrorCode } from '#shared/contract/error.ts';
import type { Job, JobKind } from '#shared/contract/job.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { type Answer, type LocalService, startLocalService } from './local-service.ts';

/** No answer at all, else the test's own time limit would not say to what. */
const ANSWER_MS = 30_000;

interface Procedure {
  name: string;
  method: string;
  path: string;
  /** Names of the fields of its input. */
  fields: string[];
}

/** All but `shutdown`, which ends what is being asked, and the stream of events. */
const PROCEDURES = listProcedures(contract).filter(({ name }) => name !== 'system.shutdown' && name !== 'events.subscribe');

let service: LocalService;
/** Id of the library that is current at first. */
let present: string;
/** A drive with a location that no input names, and that nothing may touch; null where drives cannot be mounted. */
let drive: DiskImage | null = null;
let kept: string;
beforeAll(async () => {
  service = await startLocalService();
  present = (await service.daemon.json<{ id: string }>(['library', 'create', 'Present'])).id;
  if (!loopMountAbility().allows) return;
  drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'KEPT' });
  kept = await drive.mount();
  writeFileSync(join(kept, 'file'), 'kept');
  await service.daemon.json(['location', 'add', kept, '--no-watch', '--wait']);
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await drive?.[Symbol.asyncDispose]();
});

const NO_UUID = '01890000-0000-7000-8000-000000000000';
const STRINGS = [
  '',
  ' ',
  '\0',
  '\ud800',
  '.',
  '..',
  '../../..',
  '/nowhere/at/all',
  `/nowhere/${'x'.repeat(300)}`,
  '/nowhere/a\0b',
  `/${'nowhere/'.repeat(600)}`,
  'sd://',
  'sd://content/x',
  `sd://${NO_UUID}/x`,
  'sd://%/%',
  'file:///etc/passwd',
  '-rf',
  '--help',
  '$(reboot)',
  "'; DROP TABLE volumes; --",
  '%00%ff%',
  '__proto__',
  'constructor',
  'toString',
  '🏝️ ',
  '\u202eexe.gpj',
  'e\u0301'.repeat(100),
  'f'.repeat(64),
  'eyJrIjoxfQ',
  'W10',
  'null',
  NO_UUID,
  'x'.repeat(5000),
];
const NUMBERS = [0, -1, 1, 0.5, 1e21, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, Number.MAX_VALUE];
const OTHERS = [null, true, false, [], [[]], [null], {}, { length: 1 }, { constructor: { name: 1 } }, nested(200), Array(2000).fill('x')];
const HOSTILE: unknown[] = [...STRINGS, ...NUMBERS, ...OTHERS];

/** Never a path that is there: what is asked of it would be done. */
const anyText = fc
  .string({ unit: 'binary', maxLength: 60 })
  .filter((text) => !text.startsWith('/') && !text.startsWith('sd:'))
  .map((text) => text);
const anyValue = fc.oneof(
  fc.constantFrom(...HOSTILE),
  anyText,
  fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme-ascii' }).map(withoutRealPaths),
);

describe('hostile input', () => {
  it.each(PROCEDURES)('$name over RPC', async (procedure) => {
    const { socket } = await service.openSocket('/rpc', { authorization: `Bearer ${service.token}` });
    const client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    const call = callable(client, procedure.name);
    for (const input of inputsFor(procedure)) await expectRpcAnswer(procedure, call, input);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...procedure.fields, 'other', '__proto__'), anyValue), (input) =>
        expectRpcAnswer(procedure, call, input),
      ),
      { numRuns: procedure.fields.length > 0 ? 30 : 2 },
    );
    socket.terminate();
  });

  it.each(PROCEDURES)('$name over REST', async (procedure) => {
    for (const input of inputsFor(procedure)) await expectRestAnswer(procedure, input);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...procedure.fields, 'other'), anyValue), (input) =>
        expectRestAnswer(procedure, input),
      ),
      { numRuns: procedure.fields.length > 0 ? 20 : 2 },
    );
  });

  it.each([
    '%E0%A4%A',
    '%',
    'path=%E0%A4%A',
    'path[]=x&path[a]=y',
    'library[__proto__][x]=1',
    '__proto__[x]=1',
    'library=a&library=b',
    `${'a[b]'.repeat(500)}=1`,
    '&&&=&=',
    `path=${'x'.repeat(9000)}`,
  ])('the query ?%s', async (query) => {
    for (const path of [
      '/entries',
      '/libraries/info',
      '/volumes',
      '/volumes/same',
      '/jobs',
      '/jobs/%E0%A4%A',
      '/jobs/kinds',
      '/locations',
      '/locations/info',
      '/logs',
    ]) {
      expectClosedList(await service.ask(`/api/v1${path}?${query}`), `${path}?${query}`);
    }
  });

  it.each([
    ['application/json', '{'],
    ['application/json', ''],
    ['application/json', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['application/json; charset=utf-16', '{"library":"x"}'],
    ['application/x-www-form-urlencoded', 'library=%E0%A4%A&a[b=1'],
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="library"; filename="a"\r\n\r\nbytes\r\n--x--\r\n'],
    ['text/event-stream', 'data: x\n\n'],
    ['application/octet-stream', Buffer.alloc(1000, 7)],
    ['nonsense', 'x'],
  ])('a body of %s', async (contentType, body) => {
    for (const path of [
      '/libraries',
      '/libraries/open',
      '/volumes/track',
      '/actions/preview',
      '/locations',
      '/indexing/scan',
      '/jobs',
      '/connect',
    ]) {
      const answer = await service.ask(`/api/v1${path}`, { method: 'POST', headers: { 'content-type': contentType }, body });
      expectClosedList(answer, `${path} ${contentType}`);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('jobs by name refuse it, or fail with it', async () => {
    const { items } = await service.daemon.json<{ items: JobKind[] }>(['job', 'kinds']);
    expect(items.length).toBeGreaterThan(0);
    for (const { name, inputSchema } of items) {
      for (const input of inputsFor({ name, method: 'POST', path: '/jobs', fields: Object.keys(inputSchema.properties ?? {}) })) {
        const answer = await service.ask('/api/v1/jobs', { method: 'POST', ...jsonBody({ name, input }) });
        expectClosedList(answer, `${name} ${show(input)}`);
        if (answer.status !== 202) continue;
        const error = await endOf((answer.json as { job: Job }).job);
        // A kind that takes nothing does its work when it is given nothing.
        if (error === null) expect([inputSchema.properties, input ?? {}], name).toEqual([{}, {}]);
        else expectKnownError(error, `${name} ${show(input)}`);
      }
    }
  });

  it('leaves the engine and its library in order', async () => {
    expect(await service.daemon.json(['library', 'open', present])).toMatchObject({ status: 'open' });
    if (drive) {
      expect(await service.daemon.json(['location', 'list', '--library', present])).toMatchObject({
        items: [{ totalFileCount: 1, isOnline: true }],
      });
      expect(readFileSync(join(kept, 'file'), 'utf8')).toBe('kept');
    }
    expect(await service.daemon.json(['library', 'optimize', present])).toMatchObject({ integrity: 'ok' });
    expect((await service.ask('/api/v1/health')).json).toMatchObject({ status: 'ok' });
    const { items } = await service.daemon.json<{ items: { level: string; message: string }[] }>(['system', 'logs', '--tail', '10000']);
    expect(items.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });
});

/** The error that a job ended with; null when it did not. */
async function endOf(job: Job): Promise<Job['error']> {
  const result = await service.daemon.cli(['job', 'info', job.id, '--wait', '--json']);
  return (result.json as { job: Job }).job.error;
}

function* inputsFor({ fields }: Procedure): Generator<unknown> {
  // Without fields there is nothing that an input could say.
  yield* fields.length > 0 ? [undefined, ...HOSTILE] : [undefined, null, 'x', {}, { other: 1 }];
  for (const field of fields) for (const value of HOSTILE) yield { [field]: value };
  for (const value of HOSTILE) yield Object.fromEntries(fields.map((field) => [field, value]));
}

async function expectRpcAnswer(procedure: Procedure, call: (input: unknown) => Promise<unknown>, input: unknown): Promise<void> {
  const text = `${procedure.name} ${show(input)}`;
  const error = await withinTime(
    text,
    call(input).then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  );
  if (error !== null) expectKnownError(error, text);
}

async function expectRestAnswer({ method, path, name }: Procedure, input: unknown): Promise<void> {
  const place = `/api/v1${path.replace('{id}', encodeURIComponent(show(fieldOf(input, 'id')).toWellFormed()) || 'x')}`;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const text = `${method} ${place} (${name}) ${show(input)}`;
  const answer = await withinTime(
    text,
    hasBody ? service.ask(place, { method, ...jsonBody(input) }) : service.ask(`${place}?${toQuery(input)}`.slice(0, 15_000), { method }),
  );
  expectClosedList(answer, text);
}

function jsonBody(input: unknown): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify(input) ?? '';
  return { headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }, body };
}

function expectClosedList(answer: Answer, text: string): void {
  if (answer.status < 400) return;
  expect(answer.json, `${text}: ${answer.body.slice(0, 500)}`).toBeTypeOf('object');
  expectKnownError(answer.json, text);
}

function expectKnownError(error: unknown, text: string): void {
  const { code, message } = error as { code: unknown; message: string };
  expect(isErrorCode(code) && code !== 'INTERNAL', `${text}: ${String(code)} ${message}`).toBe(true);
  expect(message, text).not.toMatch(/\n\s+at /);
}

async function withinTime<T>(text: string, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${text}: no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function callable(client: unknown, name: string): (input: unknown) => Promise<unknown> {
  return name.split('.').reduce((part, key) => (part as Record<string, unknown>)[key], client) as (input: unknown) => Promise<unknown>;
}

function listProcedures(router: object, prefix = ''): Procedure[] {
  return Object.entries(router).flatMap(([key, value]) => {
    if (!isContractProcedure(value)) return listProcedures(value, `${prefix}${key}.`);
    const { route, inputSchema, outputSchema } = value['~orpc'];
    const isStream = getEventIteratorSchemaDetails(outputSchema) !== undefined;
    const { method = 'POST', path = '/' } = route;
    return { name: `${prefix}${key}`, method, path, fields: isStream ? [] : fieldsOf(inputSchema) };
  });
}

function fieldsOf(schema: AnySchema | undefined): string[] {
  if (!(schema instanceof z.ZodType)) return [];
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.keys(properties ?? {});
}

function fieldOf(input: unknown, field: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[field] : input;
}

function toQuery(input: unknown): string {
  if (typeof input !== 'object' || input === null) return encodeURIComponent(String(input).toWellFormed());
  return Object.entries(input)
    .map(
      ([key, value]) =>
        `${encodeURIComponent(key)}=${encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed())}`,
    )
    .join('&');
}

function withoutRealPaths(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => (typeof part === 'string' ? part.replace(/^\/+/, '') : part));
}

function nested(depth: number): unknown {
  return depth === 0 ? [] : [nested(depth - 1)];
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 200);
}
