import { render } from 'ink';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Session } from '../session.ts';
import { JobsScreen } from './JobsScreen.tsx';
import { MonitorScreen } from './MonitorScreen.tsx';
import { followEngine, type MonitorState } from './monitor-state.ts';

const ENTER_ALTERNATE_SCREEN = '\u001b[?1049h\u001b[H';
const LEAVE_ALTERNATE_SCREEN = '\u001b[?1049l';

export interface ShownScreen {
  screen: 'everything' | 'jobs';
  /** With `jobs`: this job alone, until it has ended. */
  jobId: string | null;
}

/**
 * Shows a live screen until q or Ctrl+C; the terminal is left as it was.
 * @throws ENGINE_UNREACHABLE when Mooring ends meanwhile
 */
export async function showMonitor(engine: EngineClient, session: Session, shown: ShownScreen): Promise<void> {
  const stop = new AbortController();
  const state = await followEngine(engine, stop.signal);
  process.stdout.write(ENTER_ALTERNATE_SCREEN);
  const screen = render(screenOf(shown, state, engine, session), { exitOnCtrlC: true, patchConsole: false });
  const leave = () => screen.unmount();
  process.once('SIGTERM', leave);
  process.once('SIGHUP', leave);
  let engineEnded = false;
  void state.ended.then(() => {
    engineEnded = !stop.signal.aborted;
    screen.unmount();
  });
  try {
    await screen.waitUntilExit();
  } finally {
    stop.abort();
    process.stdout.write(LEAVE_ALTERNATE_SCREEN);
  }
  if (engineEnded) throw new MooringError('ENGINE_UNREACHABLE', 'Mooring has ended.');
}

function screenOf({ screen, jobId }: ShownScreen, state: MonitorState, engine: EngineClient, { units }: Session) {
  if (screen === 'everything') return <MonitorScreen state={state} units={units} />;
  return <JobsScreen state={state} engine={engine} units={units} jobId={jobId} />;
}
