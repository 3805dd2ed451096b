import { invalidInput } from '../errors/domain-error.ts';

/** Longest time that an old secret may live beside the new one: 30 days, in seconds. */
const MAX_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

/** @throws DomainError INVALID_INPUT */
export function checkOverlap(seconds: number): void {
  if (seconds < 0 || seconds > MAX_OVERLAP_SECONDS)
    throw invalidInput('overlapSeconds', `can be 0 to ${MAX_OVERLAP_SECONDS} (30 days).`);
}

/** Until when an old secret lives beside a new one; null when it ends at once. */
export const overlapEnd = (seconds: number): Date | null =>
  seconds === 0 ? null : new Date(Date.now() + seconds * 1000);
