import Database from 'better-sqlite3';
import type { EngineServices } from '#core/engine.ts';
import type { SystemInfo } from '#shared/contract/system.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';

export function systemInfo({ options, device, startedAt, notices, serving }: EngineServices): SystemInfo {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    version: options.version,
    contractVersion: CONTRACT_VERSION,
    host: options.host,
    instance: options.instance,
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    uptimeSeconds: (Date.now() - startedAt.getTime()) / 1000,
    dataDir: options.dataDir,
    device,
    runtime: { node: process.versions.node, sqlite: readSqliteVersion(), platform: process.platform, arch: process.arch },
    memory: { rssBytes: rss, heapUsedBytes: heapUsed },
    httpAddress: serving.httpAddress,
    notices: [...notices.all],
  };
}

function readSqliteVersion(): string {
  const connection = new Database(':memory:');
  try {
    return String(connection.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    connection.close();
  }
}
