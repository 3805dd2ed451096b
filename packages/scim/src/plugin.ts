import type { GraphQLClient } from '@rollcall/graphql-client';
import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Adapter } from './adapter/adapter.ts';
import { defaultLimits, type ScimLimits } from './adapter/limits.ts';
import { baseUrlResolver } from './addresses/base-url.ts';
import { connectionDocuments, createKnownSettings } from './callers/connection-settings.ts';
import { viewerDocuments } from './callers/viewer.ts';
import { customAttributeDocuments } from './custom-attributes/documents.ts';
import { createUserTypes } from './custom-attributes/user-types.ts';
import { teamDocuments } from './groups/documents.ts';
import { readScimBodies, type Schedule } from './http/body-parser.ts';
import { errorAnswerer } from './http/error-answer.ts';
import { refuseRehearsals } from './http/refuse-rehearsals.ts';
import { publishedDocuments } from './published/documents.ts';
import { knowEveryMethod, mountBase, mountEndpoints } from './routes.ts';
import { userDocuments } from './users/documents.ts';

/** What the server gives the adapter. */
export interface ScimPluginOptions {
  /** Executes the adapter's documents; the adapter knows no other way to the data. */
  client: GraphQLClient;
  /** The origin that the client of a request sees, such as `https://app.example.com`, without a slash at the end. */
  publicUrl(request: FastifyRequest): string;
  limits?: Partial<ScimLimits>;
  /** When a body that has arrived is parsed, and its request begun; at once unless told. */
  schedule?: Schedule;
  /**
   * How long the adapter believes that an account's custom attributes are as it knows them, in seconds; 5 unless told.
   * 0 asks with every request, which costs nothing where the client is in the same process.
   */
  customAttributesBelievedSeconds?: number;
}

/**
 * Serves SCIM 2.0 below the prefix it is registered with, both with the account in the path and without.
 *
 * Endpoint names are matched without regard to case when the server's router is case-insensitive.
 *
 * @throws Error at registration when a document does not fit the schema behind the client
 */
export async function scimPlugin(scope: FastifyInstance, options: ScimPluginOptions): Promise<void> {
  const limits = { ...defaultLimits, ...options.limits };
  const adapter: Adapter = {
    client: options.client,
    limits,
    userTypes: createUserTypes(options.client, {
      believedForMs: (options.customAttributesBelievedSeconds ?? 5) * 1000,
    }),
    settings: createKnownSettings(options.client),
    baseUrlOf: baseUrlResolver(options.publicUrl, scope.prefix),
  };
  options.client.prepare([
    ...userDocuments,
    ...teamDocuments,
    ...viewerDocuments,
    ...customAttributeDocuments,
    ...connectionDocuments,
    ...publishedDocuments,
  ]);
  const { schedule = async () => undefined } = options;
  readScimBodies(scope, { maxBodyBytes: limits.maxBodyBytes, schedule });
  scope.setErrorHandler(errorAnswerer());
  scope.setNotFoundHandler((request) => {
    throw new ScimError(
      404,
      undefined,
      `There is no endpoint ${request.method} ${pathOf(request)}. Check the base URL.`,
    );
  });
  refuseRehearsals(scope);
  knowEveryMethod(scope);
  mountBase(scope, adapter);
  mountEndpoints(scope, adapter);
  await scope.register(async (account) => mountEndpoints(account, adapter), { prefix: '/:accountId' });
}

function pathOf({ url }: FastifyRequest): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
