import { UnsuitableDatabase } from '@rollcall/core';
import { DataDirectoryInUse } from '@rollcall/embedded-postgres';

/** The server can't start as it was set up; the message names what to change, and says all that there is to say. */
export class StartRefused extends Error {
  override readonly name: string = 'StartRefused';
}

/** Does the message of this error say all that there is to say, so that nobody needs its stack? */
export const saysAll = (error: unknown): error is Error =>
  [StartRefused, UnsuitableDatabase, DataDirectoryInUse].some((kind) => error instanceof kind);
