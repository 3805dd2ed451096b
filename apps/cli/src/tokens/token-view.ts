import { labelled } from '../layout.ts';
import type { TokenFields } from './documents.ts';

/** A token as the command line shows it: everything but its secret. */
export function tokenView({ kind, status, permissions, connection, ...rest }: TokenFields) {
  return {
    ...rest,
    kind: kind.toLowerCase(),
    status: status.toLowerCase(),
    permissions: permissions.map(({ id }) => id),
    connectionId: connection?.id ?? null,
  };
}

/** A secret that has just been made, for the eyes of the one who asked for it. */
export function describeSecret(
  headline: string,
  secret: string,
  token: ReturnType<typeof tokenView>,
): string {
  return `${headline}

${labelled([
  ['Token', secret],
  ['Id', token.id],
  ['Kind', token.kind],
  ['Permissions', token.permissions.join(', ') || null],
  ['Expires', token.expiresAt ?? 'never'],
])}
The token is shown this once: keep it now.
`;
}
