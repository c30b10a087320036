import type { EngineServices } from '#core/engine.ts';
import { MooringError } from '#shared/contract/error.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';
import { readLogTail } from '../log/read-log-tail.ts';
import { examineSystem } from '../system/doctor.ts';
import { systemHealth } from '../system/health.ts';
import { systemInfo } from '../system/system-info.ts';
import { systemMetrics } from '../system/system-metrics.ts';
import { api } from './base.ts';

export const systemRouter = (services: EngineServices) => ({
  connect: api.system.connect.handler(({ input: { contractVersion, client } }) => {
    if (contractVersion !== CONTRACT_VERSION) throw contractMismatch(contractVersion, client);
    return { contractVersion: CONTRACT_VERSION, version: services.options.version, device: services.device };
  }),
  info: api.system.info.handler(() => systemInfo(services)),
  health: api.system.health.handler(() => systemHealth(services)),
  metrics: api.system.metrics.handler(() => systemMetrics(services)),
  logs: api.system.logs.handler(async ({ input }) => ({ items: await readLogTail(services.logDir, input.tail), nextCursor: null })),
  doctor: api.system.doctor.handler(() => examineSystem(services)),
  shutdown: api.system.shutdown.handler(({ input }) => {
    const { host, onShutdownRequest } = services.options;
    if (host === 'desktop' && !input.force) {
      throw new MooringError('FORBIDDEN', 'Mooring’s desktop app is in use. Quit it from its menu, or stop it with force.');
    }
    if (!onShutdownRequest) throw new MooringError('NOT_SUPPORTED', 'This process cannot be stopped from outside.');
    // After the answer has been sent.
    setImmediate(onShutdownRequest);
    return { stopping: true as const };
  }),
});

function contractMismatch(contractVersion: number, client: string): MooringError {
  const older = contractVersion < CONTRACT_VERSION ? `“${client}”` : 'Mooring itself';
  return new MooringError(
    'CONTRACT_MISMATCH',
    `“${client}” speaks version ${contractVersion} of the contract, this Mooring version ${CONTRACT_VERSION}. Update ${older}.`,
    { details: { contractVersion: CONTRACT_VERSION, clientContractVersion: contractVersion } },
  );
}
