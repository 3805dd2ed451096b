import { type Drips, drip } from './drip.ts';
import { type Operations, operate } from './operations.ts';
import { ask, type Requests } from './requests.ts';
import type { Note, Running } from './running.ts';
import { follow, type Subscriptions } from './subscriptions.ts';
import { leaveUnread, type Unread } from './unread.ts';

/** What an attacker is told to do. */
export type Order = Requests | Operations | Drips | Subscriptions | Unread;

/** Begins to carry out an order. */
export function run(order: Order, note: Note): Running {
  switch (order.kind) {
    case 'requests':
      return ask(order, note);
    case 'operations':
      return operate(order, note);
    case 'drips':
      return drip(order, note);
    case 'subscriptions':
      return follow(order, note);
    case 'unread':
      return leaveUnread(order, note);
  }
}
