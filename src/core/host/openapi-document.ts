import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#shared/contract/contract.ts';
import { ERROR_STATUS } from '#shared/contract/error.ts';

/** The REST interface, described for programs: made from the contract, never written by hand. */
export async function openApiDocument(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: { title: 'Mooring', version, description: 'The local service of Mooring. Every request needs its token.' },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['code', 'message'],
          properties: { code: { enum: Object.keys(ERROR_STATUS) }, message: { type: 'string' }, details: {} },
        },
      },
    },
  });
  for (const operation of Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}))) {
    if (typeof operation !== 'object' || !('responses' in operation) || !operation.responses) continue;
    operation.responses.default = {
      description: 'What went wrong, and what can be done',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    };
  }
  return document;
}
