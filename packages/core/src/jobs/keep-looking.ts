import type { Logger } from 'pino';
import { lookWhenTold } from '../database/look-when-told.ts';
import type { Notifications } from '../database/notifications.ts';

export interface DueWork {
  readonly notifications: Notifications;
  /** Does what is due next, and answers how much that was; called until nothing is. */
  readonly doNext: () => Promise<number>;
  /** How long it rests once nothing was due. */
  readonly restMs: number;
  /** What the log says when it could not look. */
  readonly failed: string;
  readonly log: Logger;
}

/** Does what is due, now and again after each rest. The function that is answered ends it, after what is at hand. */
export function keepLooking({ notifications, doNext, restMs, failed, log }: DueWork): () => Promise<void> {
  const looking = lookWhenTold({
    notifications,
    channels: [],
    async look(closing) {
      try {
        while (!closing.aborted && (await doNext()) > 0);
      } catch (error) {
        log.warn({ err: error }, failed);
      }
      return restMs;
    },
  });
  return () => looking.close();
}
