import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { toInputError } from '#shared/contract/input-error.ts';
import type { JobKind } from '#shared/contract/job.ts';
import type { JobDefinition } from './job-definition.ts';

/** The kinds of jobs that this program knows. */
export class JobKinds {
  readonly #definitions = new Map<string, JobDefinition>();

  register(definition: JobDefinition): void {
    if (this.#definitions.has(definition.name)) throw new Error(`There are two kinds of job with the name “${definition.name}”.`);
    this.#definitions.set(definition.name, definition);
  }

  get(name: string): JobDefinition | null {
    return this.#definitions.get(name) ?? null;
  }

  /** @throws MooringError `JOB_KIND_UNKNOWN` */
  resolve(name: string): JobDefinition {
    const definition = this.#definitions.get(name);
    if (definition) return definition;
    const known = [...this.#definitions.keys()];
    throw new MooringError('JOB_KIND_UNKNOWN', `There is no kind of job “${name}”. There are: ${known.join(', ')}.`, {
      details: { known },
    });
  }

  isResumable(name: string): boolean {
    return this.#definitions.get(name)?.state !== undefined;
  }

  list(): JobKind[] {
    return [...this.#definitions.values()].map(({ name, input, state }) => ({
      name,
      isResumable: state !== undefined,
      inputSchema: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
    }));
  }
}

/** @throws MooringError `INVALID_INPUT` */
export function parseInput<Input extends z.ZodType>(schema: Input, input: unknown): z.output<Input> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw toInputError(parsed.error.issues, parsed.error);
  return parsed.data;
}
