import { hash } from 'node:crypto';
import type { GraphQLCaller } from '@rollcall/graphql-client';
import { LRUCache } from 'lru-cache';

type Ask<Answer> = (caller: GraphQLCaller) => Promise<Answer>;

/** So much is remembered at most; what has not been asked for the longest makes room. */
export const MAX_REMEMBERED = 1000;

interface Believed<Answer> {
  readonly answer: Answer;
  readonly until: number;
}

/** What is asked on behalf of a caller, believed for a while unasked; 0 asks each time. */
export function believedFor<Answer>(ms: number, ask: Ask<Answer>): Ask<Answer> {
  if (ms === 0) return ask;
  const believed = new LRUCache<string, Believed<Answer>>({ max: MAX_REMEMBERED });
  return async (caller) => {
    const key = keyOf(caller);
    const known = believed.get(key);
    if (known !== undefined && known.until > Date.now()) return known.answer;
    const answer = await ask(caller);
    believed.set(key, { answer, until: Date.now() + ms });
    return answer;
  };
}

/** Secrets are not kept for longer than the request that brings them. */
const keyOf = ({ authorization, 'rollcall-account': account }: GraphQLCaller): string =>
  hash('sha256', `${account} ${authorization}`, 'base64');
