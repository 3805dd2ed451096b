'use client';
import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { type RehearsedEvent, rehearsedEvents, rehearsing } from './rehearsal.ts';

/** What a mutation would do. */
export interface Rehearsal<Data> {
  readonly data: Data;
  /** What it would log; undefined for whoever may not read the log. */
  readonly events: readonly RehearsedEvent[] | undefined;
}

interface Answer<Data> {
  /** The input that it answers. */
  readonly to: string;
  readonly rehearsal?: Rehearsal<Data>;
  readonly refusal?: unknown;
}

/**
 * Has a mutation rehearsed with what is to be its input, and again when that is another; none while it is undefined.
 * `rehearsal` stays until the next one is there, meanwhile it is `waiting`.
 */
export function useRehearsedMutation<Data extends object, Input>(
  mutation: TypedDocumentNode<Data, { input: Input }>,
  input: NoInfer<Input> | undefined,
) {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<Answer<Data>>();
  const asked = input === undefined ? undefined : JSON.stringify(input);
  useEffect(() => {
    if (asked === undefined) return;
    let shown = true;
    const rehearse = async (): Promise<Answer<Data>> => {
      const { data, error, extensions } = await client.mutate({
        mutation,
        variables: { input: JSON.parse(asked) },
        // Whoever may not see a part of the outcome is answered all the rest.
        errorPolicy: 'all',
        ...rehearsing,
      });
      const done = data && Object.values(data).every((payload) => payload !== null);
      if (!done) return { to: asked, refusal: error };
      return { to: asked, rehearsal: { data: data as Data, events: rehearsedEvents(extensions) } };
    };
    rehearse()
      .catch((refusal: unknown) => ({ to: asked, refusal }))
      .then((next) => shown && setAnswer(next));
    return () => {
      shown = false;
    };
  }, [client, mutation, asked]);
  const current = asked !== undefined && answer?.to === asked;
  return {
    rehearsal: asked === undefined ? undefined : answer?.rehearsal,
    refusal: current ? answer.refusal : undefined,
    waiting: asked !== undefined && !current,
  };
}
