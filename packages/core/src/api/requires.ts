import { Extensions } from 'type-graphql';
import type { Requirement } from '../authorization/permissions.ts';

/** Names the permission that a resolver needs. Start-up fails when one of them names none. */
export const Requires = (requirement: Requirement): MethodDecorator =>
  Extensions({ requires: requirement }) as MethodDecorator;
