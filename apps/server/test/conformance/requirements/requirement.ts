/** What a specification demands of a service provider, in our words, and where it is shown, or why it is not. */
export type Requirement = {
  /** Of the specification, such as `3.5.2.2`. */
  readonly section: string;
  readonly demands: string;
} & (
  | {
      /** A part of the title of a test of it; there must be such a test. */
      readonly shownBy: string;
    }
  | { readonly notApplicable: string }
  | {
      /** What is done instead, and why. */
      readonly different: string;
    }
);

export interface Specification {
  /** As titles of tests begin with it, such as `RFC 7643`. */
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
