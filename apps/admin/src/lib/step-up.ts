import type { ErrorLike } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** By what somebody can prove who they are, as the server says. */
export interface StepUp {
  readonly methods: readonly string[];
  /** Where they signed in, where that proves it too. */
  readonly signInConnectionId: string | undefined;
}

/** What a refusal asks for that takes a proof of late; undefined of any other. */
export function stepUpOf(error: ErrorLike): StepUp | undefined {
  const facts = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions : undefined;
  if (facts?.code !== 'STEP_UP_REQUIRED') return undefined;
  const { methods, signInConnectionId } = facts;
  return {
    methods: Array.isArray(methods) ? methods.filter((each) => typeof each === 'string') : [],
    signInConnectionId: typeof signInConnectionId === 'string' ? signInConnectionId : undefined,
  };
}

/** Where whoever is signed in proves it at their provider, and comes back from to the page where they are. */
export const providerProofPath = (
  signInConnectionId: string,
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
): string =>
  `/auth/sso/${encodeURIComponent(signInConnectionId)}/step-up?${new URLSearchParams({ next: pathname + search + hash })}`;

type Asker = (stepUp: StepUp) => Promise<boolean>;

let asker: Asker | undefined;

/** Has who they are asked by this from now on, until what it gives is called. */
export function askBy(next: Asker): () => void {
  asker = next;
  return () => {
    if (asker === next) asker = undefined;
  };
}

/** Asks whoever is here to prove who they are; false when they don't, or nobody is there to ask. */
export const askToProve: Asker = (stepUp) => asker?.(stepUp) ?? Promise.resolve(false);
