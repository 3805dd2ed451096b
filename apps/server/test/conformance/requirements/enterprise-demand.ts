/** A test that shows something, by where it is written and its title there. */
export interface NamedTest {
  /** From the root of the repository. */
  readonly file: string;
  /** As it is in the source: of a table of cases with its placeholders. */
  readonly title: string;
}

/** What an enterprise profile demands of an application, in our words, how it is met, and what of it is not. */
export interface EnterpriseDemand {
  /** Of IPSIE: account lifecycle AL1 to AL3, session lifecycle SL1 and SL2. */
  readonly level: 'AL1' | 'AL2' | 'AL3' | 'SL1' | 'SL2';
  readonly demands: string;
  readonly met: string;
  readonly notMet?: string;
  /** Nothing only where something is not met. */
  readonly shownBy: readonly NamedTest[];
}

/** The tests of one file by their titles. */
export const testsIn = (file: string, ...titles: readonly string[]): NamedTest[] =>
  titles.map((title) => ({ file, title }));
