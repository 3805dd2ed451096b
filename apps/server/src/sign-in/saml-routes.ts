import { type GraphQLClient, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { goTo, goToRefusal } from './go-to.ts';
import { originHeaders } from './origin-headers.ts';

const ReceiveSamlResponse = graphql(`
  mutation ReceiveSamlResponse($input: ReceiveSamlResponseInput!) {
    receiveSamlResponse(input: $input) {
      code
    }
  }
`);

const SamlMetadata = graphql(`
  query SamlMetadata($id: ID!) {
    samlMetadata(signInConnectionId: $id)
  }
`);

/** Most bytes that a provider has a browser post: a message with two thousand groups, in Base64. */
const MAX_FORM_BYTES = 1024 * 1024;

const connectionParameters = z.object({ connectionId: z.string() });
const one = z.string().optional().catch(undefined);
const responseForm = z.object({ SAMLResponse: z.string().catch(''), RelayState: one });

interface SamlRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
  readonly adminUrl: string;
}

/** `/auth/saml`: what a provider of SAML 2.0 asks of us, and has browsers post here, in a scope that reads forms. */
export function samlRoutes(scope: FastifyInstance, { client, limiter, adminUrl }: SamlRouteOptions): void {
  scope.get('/auth/saml/:connectionId/metadata', async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    await limiter.admitSingleSignOn(request, 1, reply);
    const { samlMetadata } = await client.execute(SamlMetadata, { id: connectionId }, originHeaders(request));
    return samlMetadata == null
      ? reply.callNotFound()
      : reply.type('application/samlmetadata+xml; charset=utf-8').send(samlMetadata);
  });

  // The post comes from another site, so no cookie that is ours comes with it: the browser is sent on to where one does.
  scope.post('/auth/saml/:connectionId/acs', { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    const form = responseForm.parse(request.body ?? {});
    try {
      await limiter.admitSingleSignOn(request, 1);
      const input = { signInConnectionId: connectionId, samlResponse: form.SAMLResponse };
      const { receiveSamlResponse } = await client.execute(
        ReceiveSamlResponse,
        { input },
        originHeaders(request),
      );
      const { code } = receiveSamlResponse;
      return goTo(
        adminUrl,
        reply,
        code == null
          ? `/auth/saml/${connectionId}/start${targetIn(form.RelayState)}`
          : `/auth/saml/${connectionId}/finish?${new URLSearchParams({ code })}`,
      );
    } catch (error) {
      return goToRefusal(adminUrl, error, { request, reply });
    }
  });
}

/** Where somebody wants to go who began at the provider, if that is a path of ours; it is checked as any such is. */
const targetIn = (relayState: string | undefined): string =>
  relayState?.startsWith('/') ? `?${new URLSearchParams({ next: relayState })}` : '';
