const shown = 3;

/** What a role allows, in a few words: `See people, see teams and 2 more`. */
export function permissionsInWords(permissions: readonly { title: string }[]): string {
  if (permissions.length === 0) return 'Nothing yet';
  const titles = permissions.map(({ title }, place) =>
    place === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1),
  );
  const more = titles.length - shown;
  return more > 0 ? `${titles.slice(0, shown).join(', ')} and ${more} more` : titles.join(', ');
}
