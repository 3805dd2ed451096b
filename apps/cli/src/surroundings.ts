import type { Environment } from './environment.ts';

/** Everything that a command takes from, or leaves in, the world around it. */
export interface Surroundings {
  environment: Environment;
  /** The working directory, absolute. */
  directory: string;
  now(): Date;
  writeOut(text: string): void;
  writeError(text: string): void;
}
