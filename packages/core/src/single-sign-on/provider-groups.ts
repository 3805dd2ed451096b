/** All together; a group's name is mostly an id of 36 characters. */
const MAX_LENGTH = 100_000;
/** There are as many as the provider likes, and an event of each sign-in. */
const MAX_TOLD = 20;

/** The first groups, as many as are kept of a session. */
export function keptGroups(groups: readonly string[]): string[] {
  let length = 0;
  return groups.filter((group) => {
    length += group.length;
    return length <= MAX_LENGTH;
  });
}

/** The first groups, as many as the log tells. */
export const toldGroups = (groups: readonly string[] | null): readonly string[] | null =>
  groups?.slice(0, MAX_TOLD) ?? null;
