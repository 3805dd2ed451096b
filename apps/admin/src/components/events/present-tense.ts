/** How a sentence of an event begins, and how one that tells what a change would do. */
const presents: Readonly<Record<string, string>> = {
  arrived: 'arrives',
  came: 'comes',
  changed: 'changes',
  could: 'can',
  failed: 'fails',
  got: 'gets',
  had: 'has',
  left: 'leaves',
  lost: 'loses',
  proved: 'proves',
  refused: 'refuses',
  renamed: 'renames',
  set: 'sets',
  signed: 'signs',
  used: 'uses',
  was: 'is',
};

/** What is told of an event, as what would happen: “was deleted” becomes “is deleted”. */
export const inPresentTense = (told: string): string =>
  told.replace(/^\w+/, (verb) => (Object.hasOwn(presents, verb) ? (presents[verb] ?? verb) : verb));
