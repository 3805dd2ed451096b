import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
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

const AcceptSamlLogout = graphql(`
  mutation AcceptSamlLogout($input: AcceptSamlLogoutInput!) {
    acceptSamlLogout(input: $input) {
      redirectUrl
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
const logoutForm = z.object({ SAMLRequest: one, RelayState: one });
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

/** `/auth/saml/:connectionId/logout`: browsers come by when a provider ends its sessions, and when it has ended one for us. */
export function samlLogoutRoutes(
  scope: FastifyInstance,
  { client, limiter, adminUrl }: SamlRouteOptions,
): void {
  const path = '/auth/saml/:connectionId/logout';
  const handler: RouteHandlerMethod = async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    const isForm = request.method === 'POST';
    const form = logoutForm.parse((isForm ? request.body : request.query) ?? {});
    const [, query = ''] = request.url.split(/\?(.*)/s);
    const isRequest = isForm ? form.SAMLRequest !== undefined : /(^|&)SAMLRequest=/.test(query);
    // Our own request was answered, and nothing is left to do.
    if (!isRequest) return goTo(adminUrl, reply, '/sign-in');
    await limiter.admitSignedMessage(request, reply);
    try {
      const input = {
        signInConnectionId: connectionId,
        relayState: form.RelayState ?? null,
        ...(isForm ? { samlRequest: form.SAMLRequest ?? '' } : { query }),
      };
      const { acceptSamlLogout } = await client.execute(AcceptSamlLogout, { input }, originHeaders(request));
      const { redirectUrl } = acceptSamlLogout;
      return redirectUrl == null ? goTo(adminUrl, reply, '/sign-in') : reply.redirect(redirectUrl, 303);
    } catch (error) {
      if (!(error instanceof GraphQLRequestError) || error.code !== 'TOKEN_REFUSED') throw error;
      limiter.noteRefusedMessage(request);
      return reply.code(400).type('text/plain; charset=utf-8').send(error.message);
    }
  };
  scope.get(path, handler);
  scope.post(path, { bodyLimit: MAX_FORM_BYTES }, handler);
}

/** Where somebody wants to go who began at the provider, if that is a path of ours; it is checked as any such is. */
const targetIn = (relayState: string | undefined): string =>
  relayState?.startsWith('/') ? `?${new URLSearchParams({ next: relayState })}` : '';
