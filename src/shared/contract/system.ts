import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, Flag, Timestamp } from './paging.ts';

/** One installation of Mooring. Made at first start, stable ever after. */
export const Device = z.object({
  id: z.uuid(),
  name: z.string(),
  os: z.enum(['linux', 'macos', 'windows']),
  osVersion: z.string(),
  hardwareModel: z.string().nullable(),
  createdAt: Timestamp,
});
export type Device = z.infer<typeof Device>;

export const SystemInfo = z.object({
  version: z.string(),
  contractVersion: z.number().int(),
  host: z.enum(['desktop', 'daemon', 'test']),
  instance: z.string(),
  pid: z.number().int(),
  startedAt: Timestamp,
  uptimeSeconds: z.number(),
  dataDir: z.string(),
  device: Device,
  runtime: z.object({ node: z.string(), sqlite: z.string(), platform: z.string(), arch: z.string() }),
  memory: z.object({ rssBytes: ByteCount, heapUsedBytes: ByteCount }),
  /** Address of the local web page, without its token; null when HTTP is off. */
  httpAddress: z.string().nullable(),
  notices: z.array(z.object({ code: z.string(), message: z.string(), at: Timestamp })),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

const ComponentHealth = z.object({ status: z.enum(['ok', 'degraded', 'failed']), message: z.string().nullable() });
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'failed']),
  engine: ComponentHealth,
  database: ComponentHealth,
  volumeMonitor: ComponentHealth,
});
export type Health = z.infer<typeof Health>;

export const Metrics = z.object({
  uptimeSeconds: z.number(),
  calls: z.object({
    total: z.number().int(),
    failed: z.number().int(),
    errorRate: z.number(),
    meanMs: z.number(),
    p95Ms: z.number(),
    byProcedure: z.array(
      z.object({ procedure: z.string(), total: z.number().int(), failed: z.number().int(), meanMs: z.number(), p95Ms: z.number() }),
    ),
  }),
  volumeOperations: z.array(z.object({ type: z.string(), status: z.string(), count: z.number().int() })),
  jobs: z.array(z.object({ status: z.string(), count: z.number().int() })),
  events: z.object({ published: z.number().int(), lost: z.number().int(), subscribers: z.number().int() }),
});
export type Metrics = z.infer<typeof Metrics>;

export const LogLine = z.object({
  at: Timestamp,
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  component: z.string(),
  message: z.string(),
  /** Further fields of the line as one JSON object. */
  fields: z.record(z.string(), z.unknown()),
});
export type LogLine = z.infer<typeof LogLine>;

export const DoctorReport = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['ok', 'warning', 'failed']),
      message: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

const tag = 'System';
export const systemContract = {
  connect: oc
    .route({ method: 'POST', path: '/connect', tags: [tag], summary: 'Check the contract version of a client' })
    .input(z.object({ contractVersion: z.number().int(), client: z.string().max(100) }))
    .output(z.object({ contractVersion: z.number().int(), version: z.string(), device: Device })),
  info: oc.route({ method: 'GET', path: '/system', tags: [tag], summary: 'Versions, host, device, memory' }).output(SystemInfo),
  health: oc
    .route({ method: 'GET', path: '/health', tags: [tag], summary: 'Status of engine, database and volume monitor' })
    .output(Health),
  metrics: oc
    .route({ method: 'GET', path: '/metrics', tags: [tag], summary: 'Counters; Prometheus text when asked by Accept: text/plain' })
    .output(Metrics),
  logs: oc
    .route({ method: 'GET', path: '/logs', tags: [tag], summary: 'Newest log lines, oldest first' })
    .input(z.object({ tail: z.coerce.number().int().min(0).max(10_000).default(100) }))
    .output(z.object({ items: z.array(LogLine), nextCursor: z.null() })),
  doctor: oc.route({ method: 'GET', path: '/doctor', tags: [tag], summary: 'Check everything Mooring depends on' }).output(DoctorReport),
  /** Ends the daemon. The desktop app refuses it unless `force`. */
  shutdown: oc
    .route({ method: 'POST', path: '/shutdown', tags: [tag], summary: 'Stop the host process' })
    .input(z.object({ force: Flag.default(false) }))
    .output(z.object({ stopping: z.literal(true) })),
};
