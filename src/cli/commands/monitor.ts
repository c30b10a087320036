import type { Command } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import { action } from '../command.ts';

/** `mooring monitor` */
export function addMonitorCommand(program: Command): void {
  program
    .command('monitor')
    .description('live screen of volumes, locations, jobs and events; q quits')
    .action(
      action(async (session) => {
        if (session.isJson || !process.stdout.isTTY || !process.stdin.isTTY) {
          throw new MooringError('NOT_SUPPORTED', 'The monitor needs a terminal. For programs there is `mooring events --json`.');
        }
        const engine = await session.engine();
        const { showMonitor } = await loadMonitor();
        await showMonitor(engine, session, { screen: 'everything', jobId: null });
      }),
    );
}

/** React and ink take longer to load than most commands to run. */
export function loadMonitor(): Promise<typeof import('../monitor/show-monitor.tsx')> {
  // Ink draws nothing before the end where it takes the terminal for a build server's log. This one has a keyboard.
  process.env.CI = 'false';
  process.env.CONTINUOUS_INTEGRATION = 'false';
  return import('../monitor/show-monitor.tsx');
}
