export type { CycleName, Phase, ProgressEvent } from './cycle/progress-event.ts';
export type { CycleSummary } from './cycle/run-cycle.ts';
export { buildDirectory, type DirectoryOptions } from './directory/build-directory.ts';
export type { Directory, Generation, Group, Person } from './directory/directory.ts';
export type { IdpName } from './directory/identifiers.ts';
export type { Failure, RequestCounts } from './scim/request-log.ts';
export { type SimulateOptions, type Summary, simulate } from './simulate.ts';
