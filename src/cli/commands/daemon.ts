import type { Command } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import type { KnownHost } from '../known-hosts.ts';
import { formatTime } from '../printers/figures.ts';
import { formatFields, formatTable } from '../printers/table.ts';
import type { Session } from '../session.ts';

interface StartOptions {
  foreground?: boolean;
  http?: number;
}

const port = wholeNumber(0, 65_535);

/** `mooring start`, `stop`, `restart`, `status`, `daemon …`, `instance …` */
export function addDaemonCommands(program: Command): void {
  program
    .command('start')
    .description('start Mooring in the background')
    .option('--foreground', 'stay in this terminal; Ctrl+C ends it')
    .option('--http <port>', 'serve the web page and REST on 127.0.0.1; 0: any free port', port)
    .action(action<StartOptions>((session, _args, options) => start(session, options)));

  program
    .command('stop')
    .description('stop Mooring')
    .option('--force', 'also the desktop app, and also when it does not answer')
    .action(action<{ force?: boolean }>((session, _args, { force = false }) => stop(session, force)));

  program
    .command('restart')
    .description('stop Mooring and start it again')
    .option('--http <port>', 'serve the web page and REST; left out, as before', port)
    .action(
      action<StartOptions>(async (session, _args, options) => {
        const former = await (await session.runningEngine())?.system.info();
        const formerPort = former?.httpAddress ? Number(new URL(former.httpAddress).port) : undefined;
        const { stopHost } = await import('../stop-host.ts');
        await stopHost(session, { force: false });
        const http = options.http ?? formerPort;
        await start(session, http === undefined ? {} : { http });
      }),
    );

  program
    .command('status')
    .description('whether Mooring runs, and where')
    .option('--token', 'print the address of the web page with its token')
    .action(action<{ token?: boolean }>((session, _args, { token = false }) => status(session, token)));

  const daemon = program.command('daemon').description('background processes of Mooring');
  daemon
    .command('list')
    .description('what runs')
    .action(action((session) => listHosts(session, { onlyRunning: true })));
  daemon
    .command('unit')
    .description('print a systemd user unit or a launchd agent that starts Mooring with the session')
    .option('--kind <kind>', 'systemd or launchd; left out, what this system uses')
    .option('--http <port>', 'with the web page on this port', port)
    .action(
      action<{ kind?: string; http?: number }>(async (session, _args, { kind, http }) => {
        const { daemonUnit } = await import('../daemon-unit.ts');
        const unit = daemonUnit(session.paths, { kind, http });
        session.print(unit, () => unit.text.trimEnd());
      }),
    );

  const instance = program.command('instance').description('instances: separate Moorings side by side');
  instance
    .command('list')
    .description('instances that exist')
    .action(action((session) => listHosts(session, { onlyRunning: false })));
  instance
    .command('stop <name>')
    .description('stop the Mooring of an instance')
    .option('--force', 'also the desktop app, and also when it does not answer')
    .action(
      action<{ force?: boolean }>(async (session, [name = ''], { force = false }) => {
        await using other = session.forInstance(name);
        await stop(other, force);
      }),
    );
}

async function start(session: Session, { http, foreground }: StartOptions): Promise<void> {
  if (await isRunningAlready(session, http)) return;
  if (foreground) return runInForeground(session, http);
  const { startDaemon } = await import('#core/host/start-daemon.ts');
  const ready = await startDaemon({
    paths: session.paths,
    http: http === undefined ? undefined : { port: http },
    logLevel: session.options.verbose ? 'debug' : undefined,
  });
  await printStarted(session, { pid: ready.pid, httpAddress: ready.httpAddress, alreadyRunning: false });
}

/** @throws CONFLICT when it runs without the web page that is asked for */
async function isRunningAlready(session: Session, http: number | undefined): Promise<boolean> {
  const running = await session.runningEngine();
  if (!running) return false;
  const info = await running.system.info();
  if (http !== undefined && !info.httpAddress) {
    throw new MooringError('CONFLICT', 'Mooring runs already, without its web page. Use `mooring restart --http PORT`.');
  }
  await printStarted(session, { pid: info.pid, httpAddress: info.httpAddress, alreadyRunning: true });
  return true;
}

async function runInForeground(session: Session, http: number | undefined): Promise<void> {
  const { runDaemon } = await import('#core/host/run-daemon.ts');
  const exitCode = await runDaemon({
    paths: session.paths,
    http: http === undefined ? undefined : { port: http },
    ...(session.options.verbose ? { logLevel: 'debug' as const } : {}),
    onReady: (info) => void printStarted(session, { pid: info.pid, httpAddress: info.httpAddress, alreadyRunning: false }),
  });
  process.exit(exitCode);
}

async function printStarted(session: Session, host: { pid: number; httpAddress: string | null; alreadyRunning: boolean }): Promise<void> {
  const url = host.httpAddress && (await addressWithToken(session, host.httpAddress));
  const { instance, dataDir, socketPath } = session.paths;
  session.print({ running: true, ...host, url, instance, dataDir, socketPath }, () => {
    const line = `Mooring ${host.alreadyRunning ? 'runs already' : 'runs'} (process ${host.pid}).`;
    return url ? `${line}\nIts page: ${url}` : line;
  });
}

async function addressWithToken(session: Session, address: string): Promise<string> {
  const { loadHttpToken } = await import('#core/host/http-token.ts');
  return `${address}/?token=${loadHttpToken(session.paths.dataDir)}`;
}

async function stop(session: Session, force: boolean): Promise<void> {
  const { stopHost } = await import('../stop-host.ts');
  const stopped = await stopHost(session, { force });
  session.print({ running: false, stopped, instance: session.paths.instance }, () =>
    stopped ? 'Mooring has stopped.' : 'Mooring is not running.',
  );
}

async function status(session: Session, withToken: boolean): Promise<void> {
  const engine = await session.runningEngine();
  const { instance, dataDir, socketPath } = session.paths;
  if (!engine) {
    session.print({ running: false, instance, dataDir, socketPath }, () => 'Mooring is not running.');
    return;
  }
  const info = await engine.system.info();
  const url = withToken && info.httpAddress ? await addressWithToken(session, info.httpAddress) : null;
  session.print({ running: true, socketPath, ...info, ...(url ? { url } : {}) }, () =>
    formatFields([
      ['Mooring', `${info.version}, ${info.host === 'desktop' ? 'the desktop app' : 'in the background'}`],
      ['Process', String(info.pid)],
      ['Running since', formatTime(info.startedAt)],
      ['Instance', info.instance],
      ['Data folder', info.dataDir],
      ['Web page', url ?? info.httpAddress ?? 'off'],
      ['Memory', `${Math.round(info.memory.rssBytes / 1e6)} MB`],
      ...info.notices.map((notice) => ['Notice', notice.message] as const),
    ]),
  );
}

async function listHosts(session: Session, { onlyRunning }: { onlyRunning: boolean }): Promise<void> {
  const { knownHosts } = await import('../known-hosts.ts');
  const hosts = await knownHosts(session.paths);
  const items = onlyRunning ? hosts.filter((host) => host.running) : hosts;
  session.print({ items, nextCursor: null }, () => {
    if (items.length === 0) return onlyRunning ? 'Mooring is not running.' : 'There are no instances yet.';
    return formatTable(
      [{ title: 'Instance' }, { title: 'State' }, { title: 'Process', align: 'right' }, { title: 'Web page' }, { title: 'Data folder' }],
      items.map((host) => [
        host.instance,
        hostState(session, host),
        host.pid === null ? '–' : String(host.pid),
        host.httpAddress ?? '–',
        host.dataDir,
      ]),
    );
  });
}

function hostState({ colors }: Session, { running, answers, host }: KnownHost): string {
  if (!running) return 'stopped';
  return answers ? colors.green(host ?? 'running') : colors.yellow('does not answer');
}
