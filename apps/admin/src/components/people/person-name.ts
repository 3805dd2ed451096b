interface Named {
  displayName?: string | null;
  userName?: string | null;
  name?: { formatted?: string | null; givenName?: string | null; familyName?: string | null } | null;
}

/** What to call a person: the display name, else the parts of the name, else the user name. */
export function personName({ displayName, name, userName }: Named): string {
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
  return displayName || name?.formatted || parts || userName || 'Unnamed';
}

/** One or two letters for an avatar. */
export function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}

/** The colours of people and departments. */
export const palette = [
  'indigo',
  'grape',
  'teal',
  'orange',
  'cyan',
  'pink',
  'lime',
  'blue',
  'violet',
  'yellow',
] as const;

/** A colour that a text always gets, so that a person and a department look the same everywhere. */
export function colorOf(text: string): (typeof palette)[number] {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return palette[Math.abs(hash) % palette.length] ?? 'indigo';
}
