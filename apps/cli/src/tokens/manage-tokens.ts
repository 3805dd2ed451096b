import type { Answer } from '../answer.ts';
import { table } from '../layout.ts';
import type { OperatorSession } from '../operator-session.ts';
import { PAGE_SIZE, pageThrough } from '../page-through.ts';
import { IssueToken, ListTokens, RevokeToken, RotateToken } from './documents.ts';
import { describeSecret, tokenView } from './token-view.ts';

/** The kinds of token by the name that the command line uses. */
export const TOKEN_KINDS = { scim: 'SCIM', api: 'API' } as const;

export interface IssueTokenOptions {
  kind: keyof typeof TOKEN_KINDS;
  name: string;
  permissions?: string[];
  connection?: string;
  /** Seconds from now. */
  expires?: number;
}

/** Issues a token of the session's account; the secret is in the answer and nowhere else. */
export async function issueToken(
  options: IssueTokenOptions,
  session: OperatorSession,
  now: Date,
): Promise<Answer> {
  const { kind, name, permissions, connection: connectionId, expires } = options;
  const expiresAt =
    expires === undefined ? undefined : new Date(now.getTime() + expires * 1_000).toISOString();
  const input = { kind: TOKEN_KINDS[kind], name, permissions, connectionId, expiresAt };
  const { secret, token } = (await session.execute(IssueToken, { input })).issueToken;
  const view = tokenView(token);
  return {
    data: { ...view, token: secret },
    text: describeSecret(`The token ${name} is issued.`, secret, view),
  };
}

/** Gives a token a new secret; the old one lives on for the overlap, in seconds. */
export async function rotateToken(
  { id, overlap }: { id: string; overlap?: number },
  session: OperatorSession,
): Promise<Answer> {
  const input = { id, overlapSeconds: overlap };
  const { secret, token } = (await session.execute(RotateToken, { input })).rotateToken;
  const view = tokenView(token);
  const oldSecret = view.overlapEndsAt ? `works until ${view.overlapEndsAt}` : 'no longer works';
  return {
    data: { ...view, token: secret },
    text: describeSecret(`The token ${view.name} has a new secret. The old one ${oldSecret}.`, secret, view),
  };
}

/** Ends a token at once. */
export async function revokeToken({ id }: { id: string }, session: OperatorSession): Promise<Answer> {
  const { token } = (await session.execute(RevokeToken, { input: { id } })).revokeToken;
  return { data: tokenView(token), text: `The token ${token.name} is revoked.\n` };
}

/** Lists all tokens of the session's account, revoked and expired ones included. */
export async function listTokens(session: OperatorSession): Promise<Answer> {
  const nodes = await pageThrough(
    async (after) => (await session.execute(ListTokens, { first: PAGE_SIZE, after })).tokens,
  );
  const tokens = nodes.map(tokenView);
  return {
    data: tokens,
    text: table(
      ['ID', 'NAME', 'KIND', 'STATUS', 'ENDS WITH', 'EXPIRES', 'LAST USED'],
      tokens.map((token) => [
        token.id,
        token.name,
        token.kind,
        token.status,
        token.lastFour,
        token.expiresAt ?? 'never',
        token.lastUsedAt ?? 'never',
      ]),
      'The account has no token yet. "rollcall token issue --help" says how to make one.',
    ),
  };
}
