import type { Parameters } from 'fast-check';

/** How many times as many cases `npm run test:laws` tries as every other run. */
const LONGER = Number(process.env.ROLLCALL_LAWS_LONGER ?? 1);

/** So many in the short form of a law, and a multiple in the long one. */
export const lawCases = (count: number): number => count * LONGER;

/** The same cases in every run, so that a failure found once is found again; fast-check prints the seed with one. */
export const runs = (count: number): Parameters<unknown> => ({
  seed: 20_261_122,
  numRuns: lawCases(count),
  endOnFailure: false,
});
