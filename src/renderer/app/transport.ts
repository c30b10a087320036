import type { ClientLink } from '@orpc/client';

/** One live connection to an engine. */
export interface Connection {
  link: ClientLink<Record<never, never>>;
  /** Settles when the connection has ended, whoever ended it. */
  closed: Promise<void>;
  close(): void;
}

/** A way to reach the engine: a WebSocket of the daemon, or the desktop's message ports. */
export interface Transport {
  /** @throws UnauthorizedError when trying again cannot help; any other error means “try later”. */
  open(): Promise<Connection>;
}

/** The daemon refuses this browser: its cookie is missing or no longer valid. */
export class UnauthorizedError extends Error {}
