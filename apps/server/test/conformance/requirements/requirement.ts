/** What an RFC demands of a service provider, in our words, and where it is shown, or why it is not. */
export type Requirement = {
  /** Of the RFC, such as `3.5.2.2`. */
  readonly section: string;
  readonly demands: string;
} & (
  | {
      /** A part of the title of a test of this RFC; there must be such a test. */
      readonly shownBy: string;
    }
  | { readonly notApplicable: string }
  | {
      /** What is done instead, and why. */
      readonly different: string;
    }
);

export interface Specification {
  readonly rfc: number;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}
