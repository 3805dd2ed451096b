import { apiLimits } from '@rollcall/core';
import { getIntrospectionQuery } from 'graphql';
import { tokenOf } from '../../world.ts';
import { inForm } from '../figures.ts';
import type { Order } from './orders.ts';
import type { Attacker } from './stage.ts';
import { batch, newcomer } from './writes.ts';

const {
  maxSubscriptionsPerSocket: perSocket,
  maxSubscriptionsPerCredential: perCredential,
  maxSubscriptionsPerAccount: perAccount,
} = apiLimits;

/** As many subscriptions as an account may have, while somebody arrives now and then; they end with this event. */
export const allSubscriptions = (
  { idp, tokens }: Attacker,
  { origin, after, last }: { readonly origin: string; readonly after: string; readonly last: string },
): Order[] => [
  {
    kind: 'subscriptions',
    origin,
    tokens: tokens.slice(0, perAccount / perCredential),
    socketsPerToken: perCredential / perSocket,
    subscriptionsPerSocket: perSocket,
    after,
    last,
  },
  { kind: 'requests', origin, requests: [newcomer(idp)], connections: 1, pauseMs: 250, onAfter: 1 },
];

/** Sockets that leave unread what they asked for. */
export interface UnreadKind {
  readonly query: string;
  readonly times: number;
  readonly sockets: number;
}

export const unreadKinds: Readonly<Record<string, UnreadKind>> = {
  'subscribers that never read, while much is written': {
    query: 'subscription { provisioningEvents { event { changes { field before after } } } }',
    times: perSocket,
    sockets: inForm(1, perCredential / perSocket),
  },
  'clients that ask and ask and never read': {
    query: getIntrospectionQuery(),
    times: 200,
    sockets: inForm(5, 20),
  },
};

export const unread = (
  { admin, tokens: [token = ''] }: Attacker,
  { query, times, sockets }: UnreadKind,
  origin: string,
): Order[] => [
  { kind: 'unread', origin, token, sockets, messages: [{ type: 'subscribe', payload: { query } }], times },
  { kind: 'requests', origin, requests: [batch(tokenOf(admin))], connections: 2, onAfter: 1 },
];

/** So many sockets whose headers or bodies never come to an end. */
export function drips({ id }: Attacker, sockets: number, origin: string): Order {
  const head = 'HTTP/1.1\r\nhost: localhost\r\n';
  const start = (path: string) =>
    `POST ${path} ${head}content-type: application/json\r\ncontent-length: 99999\r\n\r\n{`;
  return {
    kind: 'drips',
    origin,
    starts: [start('/graphql'), start(`/scim/v2/${id}/Users`), `GET /graphql ${head}`],
    drops: [' ', ' ', 'x-a: b\r\n'],
    sockets,
  };
}

/** Messages of a WebSocket as large as may be. */
export const largeOperations = ({ tokens: [token = ''] }: Attacker, origin: string): Order => ({
  kind: 'operations',
  origin,
  token,
  query: '{ viewer { kind } }',
  variables: { text: 'x'.repeat(1_000_000) },
  atOnce: 20,
});
