import type pg from 'pg';

interface LogEntry {
  readonly type: string;
  readonly subject_id: string;
  readonly subject_type: string;
  readonly subject_label: string;
  readonly related_id: string | null;
  readonly request_id: string;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

/** A role that a sign-in added, as text: the person, the role and the group. */
export type AddedRole = string;

interface Person {
  /** What was given otherwise: the role, and by what. */
  readonly otherwise: Set<string>;
  readonly added: Set<AddedRole>;
  signedIn: boolean;
}

/**
 * What sign-ins have added by the log of an account, from scratch: each one adds what its groups were mapped to by then, and view-only
 * to nobody who has, gets or has had by default what is more. Answers what is left of it, and where the log says otherwise.
 */
export async function replaySignIns(
  client: pg.Client,
  accountId: string,
  exclusive: ReadonlySet<string>,
): Promise<{ added: Set<AddedRole>; astray: string[] }> {
  const { rows } = await client.query<LogEntry>(
    `SELECT type, subject_id, subject_type, subject_label, related_id, request_id, changes FROM events
     WHERE account_id = $1 ORDER BY epoch, xid, seq`,
    [accountId],
  );
  const people = new Map<string, Person>();
  const mappings = new Map<string, Set<string>>();
  const told = new Map<string, Set<AddedRole>>();
  const astray: string[] = [];
  let isScim = false;
  for (const entry of rows) {
    const { type, subject_id: id, related_id: role } = entry;
    const groups = mappings.get(entry.subject_label) ?? new Set();
    const person = people.get(id) ?? { otherwise: new Set(), added: new Set(), signedIn: false };
    if (entry.subject_type === 'USER') people.set(id, person);
    const cause = entry.changes.find(({ field }) => causes.has(field));
    if (cause?.field === 'memberRoles') {
      const member = people.get(role ?? '');
      for (const lost of rolesIn(cause.before)) member?.otherwise.delete(`${lost.id} ${lost.mappingId}`);
      for (const got of rolesIn(cause.after)) member?.otherwise.add(`${got.id} ${got.mappingId}`);
    } else if (entry.subject_type === 'SSO_ROLE_MAPPING' && role !== null) {
      mappings.set(entry.subject_label, groups);
      if (type === 'ROLE_MAPPING_CREATED') groups.add(role);
      else groups.delete(role);
    } else if (type === 'ROLE_GRANTED' && cause?.field === 'signIn') {
      const { group } = cause.after as { group: string };
      const request = told.get(entry.request_id) ?? new Set();
      told.set(entry.request_id, request.add(`${id} ${role} ${group}`));
    } else if (type === 'ROLE_GRANTED') {
      person.otherwise.add(`${role} ${reasonOf(cause)}`);
    } else if (type === 'ROLE_REVOKED') {
      person.otherwise.delete(`${role} ${reasonOf(cause)}`);
      if (cause === undefined)
        for (const added of person.added) if (added.startsWith(`${id} ${role} `)) person.added.delete(added);
    } else if (type === 'ROLE_SOURCE_CHANGED') {
      isScim = entry.changes[0]?.after === 'SCIM';
    } else if (type === 'USER_ROLES_ERASED') {
      person.added.clear();
      for (const given of person.otherwise) if (given.endsWith(' by hand')) person.otherwise.delete(given);
    } else if (type === 'USER_DEPROVISIONED') {
      people.delete(id);
    } else if (type === 'USER_SIGNED_IN') {
      const sent = (entry.changes.find(({ field }) => field === 'groups')?.after ?? []) as string[];
      const due = (isScim ? [] : sent).flatMap((group) =>
        [...(mappings.get(group.toUpperCase()) ?? [])].map((each) => `${id} ${each} ${group.toUpperCase()}`),
      );
      const request = told.get(entry.request_id) ?? new Set();
      const has = [...person.otherwise, ...[...person.added].map((added) => added.slice(id.length + 1))].map(
        (each) => each.split(' ')[0] ?? '',
      );
      const isMore = [...has, ...due.map((each) => each.split(' ')[1] ?? '')].some(
        (each) => !exclusive.has(each),
      );
      // What the default roles were at that moment is not told by the log alone, so either is right.
      const byDefault = has.length === 0 && person.signedIn;
      const expected = due.filter((each) => {
        if (person.added.has(each)) return false;
        if (!exclusive.has(each.split(' ')[1] ?? '')) return true;
        return !isMore && (!byDefault || request.has(each));
      });
      if (new Set(expected).symmetricDifference(request).size > 0)
        astray.push(`${id}: ${expected.join()} is due, and ${[...request].join()} was added`);
      for (const added of request) person.added.add(added);
      person.signedIn = true;
    }
  }
  return { added: new Set([...people.values()].flatMap(({ added }) => [...added])), astray };
}

/** What a change tells of why somebody has a role, or has it no more. */
const causes: ReadonlySet<string> = new Set(['mapping', 'signIn', 'said', 'memberRoles']);

/** The mapping, or in words. */
const reasonOf = (cause: LogEntry['changes'][number] | undefined): string => {
  if (cause === undefined) return 'by hand';
  return cause.field === 'said' ? 'as it is said' : ((cause.before ?? cause.after) as { id: string }).id;
};

const rolesIn = (roles: unknown) => (roles ?? []) as { readonly id: string; readonly mappingId: string }[];
