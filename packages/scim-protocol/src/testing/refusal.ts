import { ScimError, type ScimType } from '../errors.ts';

/** Runs a function that must be refused, and gives the refusal; for tests. */
export function refusalOf(run: () => unknown): {
  status: number;
  scimType: ScimType | undefined;
  detail: string;
} {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { status: error.status, scimType: error.scimType, detail: error.detail };
  }
  throw new Error('expected a ScimError, but nothing was thrown');
}
