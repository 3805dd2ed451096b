/** Notes what came of something: a status, how a socket ended, that an event came. */
export type Note = (outcome: string) => void;

/** An order that is carried out. */
export interface Running {
  /** When so much has happened that the attack is in full swing. */
  readonly on: Promise<unknown>;
  stop(): Promise<unknown>;
}
