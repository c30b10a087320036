import { type AnySchema, getEventIteratorSchemaDetails, isContractProcedure, oc } from '@orpc/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from './contract.ts';
import hashesByVersion from './contract-hash.json' with { type: 'json' };
import { ERROR_STATUS } from './error.ts';
import { CONTRACT_VERSION } from './version.ts';

/**
 * A released version of the contract never changes: clients and engines of different age recognise each other by its number.
 * `contract-hash.json` says which contract belongs to which version.
 */
it('has a version of its own for each contract', async () => {
  const hash = await hashOf({ procedures: listProcedures(contract), errors: ERROR_STATUS });
  const known: Record<string, string> = hashesByVersion;
  const advice = [
    `The contract has changed since version ${CONTRACT_VERSION} was written down.`,
    `Raise CONTRACT_VERSION in src/shared/contract/version.ts to ${CONTRACT_VERSION + 1},`,
    `and add "${CONTRACT_VERSION + 1}": "${hash}" to src/shared/contract/contract-hash.json.`,
    `Only while version ${CONTRACT_VERSION} has not been released may its hash be replaced instead.`,
  ].join('\n');
  expect(known[CONTRACT_VERSION], advice).toBe(hash);
});

it('hashes what clients depend on, and nothing else', async () => {
  const { route, inputSchema, outputSchema } = contract.volumes.same['~orpc'];
  const hashOfVariant = (summary: string, input: AnySchema) =>
    hashOf(
      listProcedures({
        same: oc
          .route({ ...route, summary })
          .input(input)
          .output(outputSchema ?? z.never()),
      }),
    );
  const original = await hashOf(listProcedures({ same: contract.volumes.same }));
  expect(await hashOfVariant('Other words', inputSchema ?? z.never())).toBe(original);
  expect(await hashOfVariant('Other words', z.object({ a: z.string(), b: z.number() }))).not.toBe(original);
});

it('gives every procedure a place of its own in REST', () => {
  const places = listProcedures(contract).map(({ method, path }) => `${method} ${path}`);
  expect(places).toEqual([...new Set(places)]);
});

interface ProcedureDescription {
  name: string;
  method: string | undefined;
  path: string | undefined;
  successStatus: number | undefined;
  input: unknown;
  output: unknown;
}

function listProcedures(router: object, prefix = ''): ProcedureDescription[] {
  return Object.entries(router).flatMap(([name, value]) => {
    if (!isContractProcedure(value)) return listProcedures(value, `${prefix}${name}.`);
    const { route, inputSchema, outputSchema } = value['~orpc'];
    const { method, path, successStatus } = route;
    return {
      name: `${prefix}${name}`,
      method,
      path,
      successStatus,
      input: describeSchema(inputSchema),
      output: describeSchema(outputSchema),
    };
  });
}

/** Both what is accepted and what results: a `preprocess` accepts anything. */
function describeSchema(schema: AnySchema | undefined): unknown {
  if (schema instanceof z.ZodType) {
    return (['input', 'output'] as const).map((io) => z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  }
  const events = getEventIteratorSchemaDetails(schema);
  return events ? { events: describeSchema(events.yields as AnySchema) } : null;
}

async function hashOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, sortKeys));
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The order in which fields are written down does not matter; the pattern of a known format is the validator's own affair. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).filter(([key]) => key !== 'pattern' || !('format' in value));
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
