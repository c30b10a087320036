import { toMooringError } from '../../shared/contract/error.ts';
import type { DomainEvent } from '../../shared/contract/event.ts';
import { CONTRACT_VERSION } from '../../shared/contract/version.ts';
import { useConnection } from './connection-store.ts';
import { engine, engineLink } from './engine.ts';
import { type Connection, type Transport, UnauthorizedError } from './transport.ts';

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 10_000;

export interface ConnectionListener {
  /** Connected, and every event from here on will be delivered: fetch what the page shows. */
  onConnected(): void;
  onEvent(event: DomainEvent): void;
}

/** Keeps the page connected for as long as `signal` lasts: opens, subscribes to events, and starts over when the line breaks. */
export async function stayConnected(transport: Transport, listener: ConnectionListener, signal: AbortSignal): Promise<void> {
  let delayMs = FIRST_DELAY_MS;
  while (!signal.aborted) {
    const outcome = await connectOnce(transport, listener, signal);
    if (outcome === 'final') return;
    if (outcome === 'lost') delayMs = FIRST_DELAY_MS;
    await waitToRetry(delayMs * (0.75 + Math.random() / 2), signal);
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  }
}

/** `lost`: was connected and is not any more; `failed`: could not connect; `final`: trying again cannot help. */
async function connectOnce(transport: Transport, listener: ConnectionListener, signal: AbortSignal): Promise<'lost' | 'failed' | 'final'> {
  let connection: Connection | null = null;
  let wasConnected = false;
  try {
    connection = await transport.open();
    engineLink.use(connection.link);
    const { contractVersion, version, device } = await engine.system.connect({ contractVersion: CONTRACT_VERSION, client: 'page' });
    const events = await engine.events.subscribe({}, { signal });
    useConnection.setState({ status: 'connected', engine: { contractVersion, version, device }, message: null });
    wasConnected = true;
    listener.onConnected();
    const consumed = consumeEvents(events, listener);
    await Promise.race([connection.closed, consumed]);
    return 'lost';
  } catch (error) {
    if (error instanceof UnauthorizedError) return giveUp('unauthorized', error.message);
    const { code, message } = toMooringError(error);
    if (code === 'CONTRACT_MISMATCH') return giveUp('mismatch', message);
    return wasConnected ? 'lost' : 'failed';
  } finally {
    engineLink.use(null);
    connection?.close();
    useConnection.setState((state) => (state.status === 'connected' ? { status: 'reconnecting' } : state));
  }
}

async function consumeEvents(events: AsyncIterable<DomainEvent>, listener: ConnectionListener): Promise<void> {
  for await (const event of events) {
    try {
      listener.onEvent(event);
    } catch (error) {
      // One event that the page cannot digest must not cost it all later ones.
      console.error(`The page could not apply ${event.type}.`, error);
    }
  }
}

function giveUp(status: 'unauthorized' | 'mismatch', message: string): 'final' {
  useConnection.setState({ status, message });
  return 'final';
}

/** Waits, or less: a user who comes back to the window should not have to. */
function waitToRetry(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const done = () => {
      clearTimeout(timer);
      controller.abort();
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done, { signal: controller.signal });
    window.addEventListener('focus', done, { signal: controller.signal });
    window.addEventListener('mooring-retry', done, { signal: controller.signal });
  });
}

/** Ends the wait between two attempts: the “Try now” button. */
export function retryNow(): void {
  window.dispatchEvent(new Event('mooring-retry'));
}
