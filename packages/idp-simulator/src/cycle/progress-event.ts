/** The steps of a run in their order. */
export type Phase = 'test-connection' | 'probe' | 'users' | 'managers' | 'groups' | 'members';

/** The name of a provisioning cycle. */
export type CycleName = 'initial' | 'delta';

/** How far a phase has come; `done` of `total` items are done. */
export interface ProgressEvent {
  /** Absent before the first cycle. */
  readonly cycle: CycleName | undefined;
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}
