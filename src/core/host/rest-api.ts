import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { createRouterClient } from '@orpc/server';
import { BodyLimitPlugin } from '@orpc/server/node';
import type { CallContext } from '#core/api/base.ts';
import type { createRouter } from '#core/api/router.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import { rpcInterceptors, type ServingState } from './rpc-interceptors.ts';
import { MAX_MESSAGE_BYTES } from './websocket-rpc.ts';

const PREFIX = '/api/v1';

export interface RestApiOptions {
  router: ReturnType<typeof createRouter>;
  state: ServingState;
  log: Logger;
  version: string;
}

/** The contract as REST under `/api/v1`, with its OpenAPI document and Prometheus figures. */
export function serveRestApi(options: RestApiOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const context = { transport: 'rest' as const };
  const handler = new OpenAPIHandler<CallContext>(options.router, {
    interceptors: rpcInterceptors(options.state, options.log),
    plugins: [new BodyLimitPlugin({ maxBodySize: MAX_MESSAGE_BYTES })],
    customErrorResponseBodyEncoder: (error): ErrorBody => ({
      code: error.code,
      message: error.message,
      ...(error.data === undefined || error.data === null ? {} : { details: error.data }),
    }),
  });
  const client = createRouterClient(options.router, { context });

  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (request.method === 'GET' && path === `${PREFIX}/openapi.json`) {
      // The generator is needed once in a while and not small.
      const { openApiDocument } = await import('./openapi-document.ts');
      return sendBody(response, 'application/json', JSON.stringify(await openApiDocument(options.version)));
    }
    if (request.method === 'GET' && path === `${PREFIX}/metrics` && request.headers.accept?.includes('text/plain')) {
      const { metricsToPrometheus, PROMETHEUS_CONTENT_TYPE } = await import('./prometheus.ts');
      return sendBody(response, PROMETHEUS_CONTENT_TYPE, await metricsToPrometheus(await client.system.metrics()));
    }
    if (hasBody(request) && !/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return sendError(response, 400, {
        code: 'INVALID_INPUT',
        message: 'Send the body as JSON, with the header Content-Type: application/json.',
      });
    const { matched } = await handler.handle(request, response, { prefix: PREFIX, context });
    if (!matched)
      sendError(response, 404, { code: 'PROCEDURE_NOT_FOUND', message: `Nothing answers at ${path}. The interface begins at ${PREFIX}.` });
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

export function sendError(response: ServerResponse, status: number, body: ErrorBody): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendBody(response: ServerResponse, contentType: string, body: string): void {
  response.writeHead(200, { 'content-type': contentType });
  response.end(body);
}
