import type { EngineServices } from '#core/engine.ts';
import type { Health } from '#shared/contract/system.ts';

type ComponentHealth = Health['engine'];
const SEVERITY = ['ok', 'degraded', 'failed'] as const;

/** Cheap enough to be asked every few seconds. */
export async function systemHealth({ libraries, volumes }: EngineServices): Promise<Health> {
  const engine: ComponentHealth = { status: 'ok', message: null };
  const database = await databaseHealth(libraries);
  const volumeMonitor = volumes.health();
  const worst = Math.max(...[engine, database, volumeMonitor].map(({ status }) => SEVERITY.indexOf(status)));
  return { status: SEVERITY[worst] ?? 'failed', engine, database, volumeMonitor };
}

async function databaseHealth(libraries: EngineServices['libraries']): Promise<ComponentHealth> {
  const failed = (await libraries.list()).filter(({ status }) => status === 'failed');
  if (failed.length > 0)
    return { status: 'degraded', message: failed.map(({ name, problem }) => `${name}: ${problem?.message}`).join(' ') };
  for (const library of libraries.opened) {
    try {
      library.read((db) => db.get('SELECT 1'));
    } catch (error) {
      return { status: 'failed', message: `${library.name}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  return { status: 'ok', message: null };
}
