import type { Actor } from '@rollcall/testkit';

export interface FollowedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: { readonly id: string; readonly label: string };
  readonly related: { readonly id: string } | null;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

export interface FollowedMessage {
  readonly cursor: string;
  readonly event: FollowedEvent | null;
  readonly gap: { readonly reason: string; readonly resumeAt: string } | null;
}

const selection =
  '{ cursor event { id type subject { id label } related { id } changes { field before after } } gap { reason resumeAt } }';

export const provisioningEvents = `subscription ($after: Cursor, $types: [EventType!]) {
  provisioningEvents(after: $after, types: $types) ${selection} }`;
export const orgChartChanges = `subscription ($after: Cursor) { feed: orgChartChanges(after: $after) ${selection} }`;

/** The account's feed after a cursor. */
export async function* follow(actor: Actor, after?: string): AsyncGenerator<FollowedMessage, void> {
  const messages = await actor.follow<{ provisioningEvents: FollowedMessage }>(provisioningEvents, { after });
  for await (const { provisioningEvents: message } of messages) yield message;
}

/** Where the log stands now. */
export const feedCursor = async (actor: Actor): Promise<string> =>
  (await actor.query<{ feedCursor: string }>('{ feedCursor }')).feedCursor;

/** The next message; fails when the feed ends instead. */
export async function nextOf<Message>(messages: AsyncIterator<Message, void>): Promise<Message> {
  const { value, done } = await messages.next();
  if (done === true || value === undefined) throw new Error('The feed ended.');
  return value;
}

/** The events up to the first that meets `wanted`. A feed may begin a little early when others are still writing. */
export async function eventsUntil(
  messages: AsyncIterator<FollowedMessage, void>,
  wanted: (event: FollowedEvent) => boolean,
): Promise<FollowedEvent[]> {
  const events: FollowedEvent[] = [];
  for (;;) {
    const { event } = await nextOf(messages);
    if (event === null) throw new Error('The feed told of a gap.');
    events.push(event);
    if (wanted(event)) return events;
  }
}

/** Is it about something of this label? */
export const labelled =
  (label: string) =>
  ({ subject }: FollowedEvent): boolean =>
    subject.label === label;
