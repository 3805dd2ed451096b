import { DatabaseError } from 'pg';
import type { DomainError } from '../errors.ts';

/** Which named constraint means which refusal; each entity declares its own. */
export type ConstraintErrors = Readonly<Record<string, (violation: DatabaseError) => DomainError>>;

const integrityViolation = '23';

/** The refusal a violated constraint stands for, or the error itself when no entity declares it. */
export function translateConstraint(error: unknown, declared: ConstraintErrors): unknown {
  const violation = findViolation(error);
  const declaredError = violation?.constraint === undefined ? undefined : declared[violation.constraint];
  return violation !== undefined && declaredError !== undefined ? declaredError(violation) : error;
}

// MikroORM wraps the driver's error in one of its own and keeps it as `cause` or by prototype.
function findViolation(error: unknown): DatabaseError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof DatabaseError && current.code?.startsWith(integrityViolation)) return current;
  }
  return undefined;
}
