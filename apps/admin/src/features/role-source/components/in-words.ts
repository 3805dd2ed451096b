import { counted } from '@/lib/text/counted.ts';

/** As in: 12 grants of 3 people. */
export const grantsOfPeople = (grants: number, people: number): string =>
  `${counted(grants, 'grant', 'grants')} of ${counted(people, 'person', 'people')}`;

export const grantsInWords = (grants: number): string => counted(grants, 'grant', 'grants');
