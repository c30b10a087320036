import type { Logger as PinoLogger } from 'pino';

/**
 * Structured log. Every line names its component; `log.child({ component: 'volume' })` makes the logger of one.
 * Where it applies, lines carry `job` and `library` too.
 */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  child(bindings: { component?: string; job?: string; library?: string }): Logger;
};
