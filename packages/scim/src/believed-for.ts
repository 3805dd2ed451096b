import { hash } from 'node:crypto';
import type { GraphQLCaller } from '@rollcall/graphql-client';

type Ask<Answer> = (caller: GraphQLCaller) => Promise<Answer>;

const MAX_REMEMBERED = 1000;

/** What is asked on behalf of a caller, believed for a while unasked; 0 asks each time. */
export function believedFor<Answer>(ms: number, ask: Ask<Answer>): Ask<Answer> {
  if (ms === 0) return ask;
  const believed = new Map<string, { readonly answer: Answer; readonly until: number }>();
  return async (caller) => {
    const key = keyOf(caller);
    const known = believed.get(key);
    if (known !== undefined && known.until > Date.now()) return known.answer;
    const answer = await ask(caller);
    remember(believed, key, { answer, until: Date.now() + ms });
    return answer;
  };
}

/** Keeps a value among others, of which there are never too many. */
export function remember<Value>(among: Map<string, Value>, key: string, value: Value): void {
  if (among.size >= MAX_REMEMBERED) among.clear();
  among.set(key, value);
}

/** Secrets are not kept for longer than the request that brings them. */
const keyOf = ({ authorization, 'rollcall-account': account }: GraphQLCaller): string =>
  hash('sha256', `${account} ${authorization}`, 'base64');
