import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie } from '../credentials.ts';
import { nameOfCookie } from '../http/cookie-name.ts';

/** What signs somebody in, as GraphQL answers it. */
interface Session {
  readonly secret: string | null;
  readonly session: { readonly expiresAt: unknown } | null;
}

const optionsOf = ({ isOverTls: secure }: FastifyRequest, path: string) =>
  ({ path, httpOnly: true, secure }) as const;

/** Ties what was begun to the browser. */
const tying = (name: string) => (request: FastifyRequest) =>
  ({
    name: nameOfCookie(request, name),
    options: { ...optionsOf(request, request.isOverTls ? '/' : '/auth'), sameSite: 'strict' },
  }) as const;

/** The cookies of those who sign in; no script can read one. */
export const sessionCookies = {
  /** Of a sign-in whose second factor is still to be shown. */
  pendingCookie: tying('rollcall_pending'),
  /** Of a sign-in by a passkey alone. */
  passkeyCookie: tying('rollcall_passkey'),
  setSession(request: FastifyRequest, reply: FastifyReply, { secret, session }: Session): void {
    if (secret === null || session === null) throw new Error('A sign-in was answered without a session.');
    const expires = new Date(String(session.expiresAt));
    reply.setCookie(sessionCookie(request), secret, { ...optionsOf(request, '/'), sameSite: 'lax', expires });
  },
};
