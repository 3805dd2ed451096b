/** The colours that departments get; red is for failures and grey for what is gone. */
const hues = [
  'grape',
  'teal',
  'orange',
  'indigo',
  'pink',
  'cyan',
  'yellow',
  'violet',
  'green',
  'blue',
  'lime',
] as const;

/** Where the hash begins, chosen so that the departments that most companies have differ in colour. */
const seed = 162_282;

/** The colour of a department: by its name alone, so that it is the same in every view and for everybody. */
export function hueOfDepartment(name: string): (typeof hues)[number] {
  let hash = seed;
  // FNV-1a
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const mixed = (hash ^ (hash >>> 15)) >>> 0;
  return hues[mixed % hues.length] ?? 'grape';
}
