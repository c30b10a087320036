import { MooringError } from './error.ts';
import { Reason } from './reason.ts';

/** What a schema has against an input: as Standard Schema has it, and zod. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  /** Of checks of our own. */
  params?: Record<string, unknown> | undefined;
}

/** Names each field that is wrong, and what is wrong with it. */
export function toInputError(issues: readonly Issue[], cause: unknown): MooringError {
  const described = issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  const { data: reason } = Reason.safeParse(issues[0]?.params?.reason);
  const details = { issues: described, ...(reason ? { reason } : {}) };
  return new MooringError('INVALID_INPUT', described.map(toSentence).join(' '), { details, cause });
}

function toSentence({ path, message }: { path: string; message: string }): string {
  if (path === '') return `${message}.`;
  return message.endsWith('received undefined') ? `“${path}” is missing.` : `“${path}”: ${message}.`;
}
