import { MooringError } from './error.ts';

/** What a schema has against an input: as Standard Schema has it, and zod. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** Names each field that is wrong, and what is wrong with it. */
export function toInputError(issues: readonly Issue[], cause: unknown): MooringError {
  const described = issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  return new MooringError('INVALID_INPUT', described.map(toSentence).join(' '), { details: { issues: described }, cause });
}

function toSentence({ path, message }: { path: string; message: string }): string {
  if (path === '') return `${message}.`;
  return message.endsWith('received undefined') ? `“${path}” is missing.` : `“${path}”: ${message}.`;
}
