import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../credentials.ts';
import { isSecure } from '../http/public-url.ts';

/** What signs somebody in, as GraphQL answers it. */
interface Session {
  readonly secret: string | null;
  readonly session: { readonly expiresAt: unknown } | null;
}

/** The cookies of those who sign in; no script can read one. */
export function sessionCookies(publicUrl: string | undefined) {
  const optionsOf = (request: FastifyRequest, path: string) =>
    ({ path, httpOnly: true, secure: isSecure(publicUrl, request) }) as const;
  /** Ties what was begun to the browser. Over TLS by a name under which no other host of the domain sets one. */
  const tying = (name: string) => (request: FastifyRequest) =>
    isSecure(publicUrl, request)
      ? { name: `__Host-${name}`, options: { ...optionsOf(request, '/'), sameSite: 'strict' } as const }
      : { name, options: { ...optionsOf(request, '/auth'), sameSite: 'strict' } as const };
  return {
    /** Of a sign-in whose second factor is still to be shown. */
    pendingCookie: tying('rollcall_pending'),
    /** Of a sign-in by a passkey alone. */
    passkeyCookie: tying('rollcall_passkey'),
    setSession(request: FastifyRequest, reply: FastifyReply, { secret, session }: Session): void {
      if (secret === null || session === null) throw new Error('A sign-in was answered without a session.');
      const expires = new Date(String(session.expiresAt));
      reply.setCookie(SESSION_COOKIE, secret, { ...optionsOf(request, '/'), sameSite: 'lax', expires });
    },
  };
}
