import { Extensions } from 'type-graphql';
import { isPermission, type Requirement } from '../../authorization/permissions.ts';

/**
 * Names the permission that a resolver needs, or a field of an input through which something can be learned. Start-up
 * fails when one of them names none.
 */
export const Requires = (requirement: Requirement): MethodDecorator & PropertyDecorator =>
  Extensions({ requires: requirement });

/** The requirement that a part of the schema names, if it names one. */
export function requirementOf({
  extensions,
}: {
  readonly extensions: Readonly<Record<string, unknown>>;
}): Requirement | undefined {
  const { requires } = extensions;
  if (requires === 'signed-in' || requires === 'anyone') return requires;
  return typeof requires === 'string' && isPermission(requires) ? requires : undefined;
}
