const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** As in: 12 grants of 3 people. */
export const grantsOfPeople = (grants: number, people: number): string =>
  `${counted(grants, 'grant', 'grants')} of ${counted(people, 'person', 'people')}`;

export const grantsInWords = (grants: number): string => counted(grants, 'grant', 'grants');
