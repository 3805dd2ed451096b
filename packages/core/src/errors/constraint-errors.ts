import { DriverException } from '@mikro-orm/core';
import { DatabaseError } from 'pg';
import type { DomainError } from './domain-error.ts';

/** What PostgreSQL says of a statement that it ended. */
export interface ViolatedRule {
  readonly code: string;
  readonly constraint?: string | undefined;
  /** What our own triggers add: whose rule it is, and the id in the way. */
  readonly column?: string | undefined;
  readonly detail?: string | undefined;
}

/** Which named constraint means which refusal; each entity declares its own. */
export type ConstraintErrors = Readonly<Record<string, (violation: ViolatedRule) => DomainError>>;

const integrityViolation = '23';
/** serialization_failure and deadlock_detected. */
const conflictCodes: ReadonlySet<string> = new Set(['40001', '40P01']);

/** character_not_in_repertoire and untranslatable_character. */
const unstorable: ReadonlySet<string> = new Set(['22021', '22P05']);

/** Did a text contain NUL, the one character that PostgreSQL has no place for? */
export const hasNul = (error: unknown): boolean =>
  findDatabaseError(error, (code) => unstorable.has(code)) !== undefined;

/** What follows from a change takes more than was tried; it is to begin anew, with the account to itself. */
export class TakesMore extends Error {}

/** Did a follower refuse to follow up a change beside others? Then nothing was written. PostgreSQL raises RC001 for it. */
export const takesMore = (error: unknown): boolean =>
  error instanceof TakesMore || findDatabaseError(error, (code) => code === 'RC001') !== undefined;

/** Something came in between that no lock holds off; the work is to be tried again. */
export class SerializationConflict extends Error {}

/** Did the transaction end only because another was in its way, so that it can be tried again? */
export const isSerializationConflict = (error: unknown): boolean =>
  error instanceof SerializationConflict ||
  findDatabaseError(error, (code) => conflictCodes.has(code)) !== undefined;

/** Did PostgreSQL end the statement because it took longer than it may (query_canceled)? */
export const tookTooLong = (error: unknown): boolean =>
  findDatabaseError(error, (code) => code === '57014') !== undefined;

/** The refusal a violated constraint stands for, or the error itself when no entity declares it. */
export function translateConstraint(error: unknown, declared: ConstraintErrors): unknown {
  const violation = findDatabaseError(error, (code) => code.startsWith(integrityViolation));
  const declaredError = violation?.constraint === undefined ? undefined : declared[violation.constraint];
  return violation !== undefined && declaredError !== undefined ? declaredError(violation) : error;
}

/** Did it end at this constraint? */
export const violates = (error: unknown, constraint: string): boolean =>
  findDatabaseError(error, (code) => code.startsWith(integrityViolation))?.constraint === constraint;

// MikroORM wraps the driver's error in one of its own that repeats its properties.
function findDatabaseError(error: unknown, wanted: (code: string) => boolean): ViolatedRule | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isDatabaseError(current) && wanted(current.code)) return current;
  }
  return undefined;
}

const isDatabaseError = (error: Error): error is Error & ViolatedRule =>
  (error instanceof DatabaseError || error instanceof DriverException) && typeof error.code === 'string';
