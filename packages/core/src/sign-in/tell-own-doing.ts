import type { TransactionScope } from '../database/work.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Authorship, EventTypeName, PropertyChange } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { stampPeople } from '../users/stamp-people.ts';

interface OwnDoing {
  readonly type: Extract<
    EventTypeName,
    | 'USER_SIGNED_IN'
    | 'USER_SIGNED_OUT'
    | 'USER_SECOND_FACTOR_ADDED'
    | 'USER_SECOND_FACTOR_REMOVED'
    | 'USER_SECOND_FACTOR_RENAMED'
    | 'USER_RECOVERY_CODES_RENEWED'
    | 'USER_RECOVERY_CODE_USED'
    | 'USER_IDENTITY_PROVEN'
  >;
  readonly person: User;
  readonly request: Omit<Authorship, 'actor'>;
  readonly changes?: readonly PropertyChange[];
}

/** Logs what somebody did themselves. */
export async function tellOwnDoing(
  { sql: db }: TransactionScope,
  { type, person: { accountId, id, displayName, userName }, request, changes = [] }: OwnDoing,
): Promise<void> {
  const name = displayName ?? userName;
  await stampPeople(accountId, [id]).execute(db);
  const authorship = { ...request, actor: { kind: 'USER', id, name } } as const;
  await recordEvent(authorship, { type, subject: { type: 'USER', id, label: name }, changes }).execute(db);
}
