import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Config, ConfigPatch } from '#shared/contract/config.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { LogLine } from '#shared/contract/system.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { formatDuration } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { formatLogLine, formatMetrics } from '../printers/system.ts';
import { formatFields } from '../printers/table.ts';
import type { Session } from '../session.ts';

const FOLLOW_INTERVAL_MS = 500;
const FOLLOW_TAIL = 1000;

/** `mooring system …` */
export function addSystemCommands(program: Command): void {
  const system = program.command('system').description('logs, configuration and health of Mooring itself');

  system
    .command('info')
    .description('versions, device, memory')
    .action(
      action(async (session) => {
        const info = await (await session.engine()).system.info();
        session.print(info, () =>
          formatFields([
            ['Version', `${info.version} (contract ${info.contractVersion})`],
            ['Host', `${info.host}, process ${info.pid}, for ${formatDuration(info.uptimeSeconds)}`],
            ['Data folder', safeText(info.dataDir)],
            ['Device', `${safeText(info.device.name)}, ${info.device.os} ${safeText(info.device.osVersion)}`],
            ['Device id', info.device.id],
            ['Runtime', `Node ${info.runtime.node}, SQLite ${info.runtime.sqlite}, ${info.runtime.platform} ${info.runtime.arch}`],
            ['Memory', `${Math.round(info.memory.rssBytes / 1e6)} MB`],
          ]),
        );
      }),
    );

  system
    .command('logs')
    .description('newest lines of the log, oldest first')
    .option('--tail <n>', 'so many lines', wholeNumber(0, 10_000), 100)
    .option('--follow', 'go on with what is added, one line each, until Ctrl+C')
    .action(
      action<{ tail: number; follow?: boolean }>((session, _args, { tail, follow }) =>
        follow ? followLogs(session, tail) : printLogs(session, tail),
      ),
    );

  const config = system.command('config').description('settings');
  config
    .command('get [key]')
    .description('all settings, or one such as volumes.prompt')
    .action(
      action(async (session, [key]) => {
        const settings = await (await session.engine()).config.get();
        const value = key === undefined ? settings : settingAt(settings, key);
        session.print(value, () => (typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)));
      }),
    );
  config
    .command('set <key> <value>')
    .description('change one setting; the value is JSON, or plain text')
    .action(
      action(async (session, [key = '', value = '']) => {
        const engine = await session.engine();
        settingAt(await engine.config.get(), key);
        const updated = await engine.config.update(patchOf(key, value));
        session.print(updated, () => `${key} is ${JSON.stringify(settingAt(updated, key))} now.`);
      }),
    );

  system
    .command('doctor')
    .description('check everything that Mooring depends on')
    .action(
      action(async (session) => {
        const report = await (await session.engine()).system.doctor();
        const marks = { ok: session.colors.green('ok'), warning: session.colors.yellow('warning'), failed: session.colors.red('failed') };
        session.print(report, () =>
          report.checks
            .map(
              ({ name, status, message, remedy }) =>
                `${marks[status]}  ${name}: ${safeText(message)}${remedy ? `\n    ${safeText(remedy)}` : ''}`,
            )
            .join('\n'),
        );
        if (!report.ok) process.exitCode = 1;
      }),
    );

  system
    .command('health')
    .description('state of engine, database and volume monitor')
    .action(
      action(async (session) => {
        const health = await (await session.engine()).system.health();
        const { status, ...parts } = health;
        session.print(health, () =>
          formatFields([
            ['Mooring', status],
            ...Object.entries(parts).map(
              ([name, part]) => [name, part.message ? `${part.status}: ${safeText(part.message)}` : part.status] as const,
            ),
          ]),
        );
        if (status === 'failed') process.exitCode = 1;
      }),
    );

  system
    .command('metrics')
    .description('counters of calls, volume operations, jobs and events')
    .action(
      action(async (session) => {
        const metrics = await (await session.engine()).system.metrics();
        session.print(metrics, () => formatMetrics(metrics));
      }),
    );
}

async function printLogs(session: Session, tail: number): Promise<void> {
  const logs = await (await session.engine()).system.logs({ tail });
  session.print(logs, () => logs.items.map((line) => formatLogLine(line, session.colors)).join('\n'));
}

async function followLogs(session: Session, tail: number): Promise<void> {
  const engine = await session.engine();
  let isOver = false;
  process.once('SIGINT', () => {
    isOver = true;
  });
  const print = (lines: readonly LogLine[]) => {
    for (const line of lines) session.printLine(session.isJson ? JSON.stringify(line) : formatLogLine(line, session.colors));
  };
  let seen = (await engine.system.logs({ tail: Math.max(tail, 1) })).items;
  if (tail > 0) print(seen);
  while (!isOver) {
    await delay(FOLLOW_INTERVAL_MS);
    const newest = (await engine.system.logs({ tail: FOLLOW_TAIL })).items;
    print(newest.slice(countSeen(newest, seen.at(-1))));
    seen = newest;
  }
}

/** How many of `lines` are not newer than the last one that was shown. */
function countSeen(lines: readonly LogLine[], last: LogLine | undefined): number {
  if (!last) return 0;
  const text = JSON.stringify(last);
  return lines.findLastIndex((line) => JSON.stringify(line) === text) + 1;
}

/** @throws INVALID_INPUT for a key that is none */
function settingAt(config: Config, key: string): unknown {
  let value: unknown = config;
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, part)) {
      throw new MooringError('INVALID_INPUT', `There is no setting “${key}”. \`mooring system config get\` shows all.`);
    }
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function patchOf(key: string, text: string): ConfigPatch {
  const [section, setting, ...rest] = key.split('.');
  if (!section || !setting || rest.length > 0) {
    throw new MooringError('INVALID_INPUT', 'Name one setting, such as volumes.prompt.');
  }
  // The engine checks what fits this setting.
  return { [section]: { [setting]: jsonOrText(text) } } as ConfigPatch;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `dark` instead of `"dark"`: what people write.
    return text;
  }
}
