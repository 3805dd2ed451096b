import type { SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope } from '../database/work.ts';
import { invalidInput, notFound } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship, EventTypeName, PropertyChange } from '../model/event.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import { fingerprintOf } from '../saml/certificates.ts';
import type { ProviderMetadata } from '../saml/read-metadata.ts';
import { isUuid } from '../text/uuid.ts';
import type { SignInConnectionScope } from './change-sign-in-connections.ts';
import { findSignInConnection } from './find-sign-in-connections.ts';
import { assertMayLetAnybodyIn } from './may-let-anybody-in.ts';
import { METADATA_AGAIN_MS, readMetadataAt } from './read-metadata-at.ts';

/**
 * Reads the metadata of a provider again where they are, and takes its certificates. What is wrong with them is kept with the
 * sign-in connection, and changes nothing else.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export async function refreshSamlMetadata(
  { work, authorship, viewer, fetch }: SignInConnectionScope,
  id: string,
): Promise<SignInConnection> {
  const found = isUuid(id) ? await findSignInConnection(work.db, authorship.accountId, id) : undefined;
  if (found === undefined) throw notFound('sign-in connection', id, 'signInConnectionId');
  const url = found.saml?.metadataUrl ?? null;
  if (url === null)
    throw invalidInput(
      'signInConnectionId',
      'has no address of metadata. Give it one first (updateSignInConnection, saml.metadataUrl).',
    );
  const read = await readMetadataAt(url, fetch);
  return work.transaction(async (scope) => {
    const kept = await keepMetadata(scope, authorship, { id, url, read, viewer });
    if (kept === undefined) throw notFound('sign-in connection', id, 'signInConnectionId');
    return kept;
  });
}

/** What was read at the address of a sign-in connection's metadata, and who had them read, where it was a person. */
export interface ReadMetadata {
  readonly id: string;
  readonly url: string;
  /** What they say, or why they could not be read. */
  readonly read: ProviderMetadata | string;
  readonly viewer?: SignedInViewer;
}

/**
 * Keeps what the metadata of a provider say by now: other certificates are taken, other addresses are not, as they may have been
 * given by hand, and another provider never is. It passes the gate, so it is the first thing of its transaction. Undefined where
 * there is no such sign-in connection any more.
 */
export async function keepMetadata(
  scope: TransactionScope,
  authorship: Authorship,
  { id, url, read, viewer }: ReadMetadata,
): Promise<SignInConnection | undefined> {
  const held = await hold(scope, authorship.accountId, {
    signInConnection: id,
    ...(viewer !== undefined && { viewer }),
  });
  const connection = held.findSignInConnection(id);
  if (viewer !== undefined) assertMayLetAnybodyIn(held);
  const saml = connection?.saml;
  // Meanwhile somebody may have set it up otherwise.
  if (connection === undefined || saml == null || saml.metadataUrl !== url) return connection;
  const before = connection.metadataProblem ?? null;
  const problem = problemOf(read, connection);
  connection.metadataProblem = problem;
  connection.metadataCheckedAt = new Date();
  connection.metadataCheckAt = new Date(Date.now() + METADATA_AGAIN_MS);
  const changes = typeof read === 'string' || problem !== null ? [] : changesOf(saml.certificates, read);
  if (typeof read !== 'string' && changes.length > 0)
    connection.saml = { ...saml, certificates: read.certificates };
  await scope.em.flush();
  const tell = (type: EventTypeName, told: readonly PropertyChange[]) =>
    recordEvent(authorship, {
      type,
      subject: { type: 'SIGN_IN_CONNECTION', id: connection.id, label: connection.name },
      changes: told,
    }).execute(scope.sql);
  if (problem !== before)
    await tell(problem === null ? 'SAML_METADATA_RECOVERED' : 'SAML_METADATA_FAILED', [
      { field: 'problem', before, after: problem },
    ]);
  if (changes.length > 0) await tell('SIGN_IN_CONNECTION_UPDATED', changes);
  return connection;
}

function problemOf(read: ProviderMetadata | string, { issuer }: SignInConnection): string | null {
  if (typeof read === 'string') return read;
  if (read.issuer === issuer) return null;
  return `They are of another provider: their entityID is ${read.issuer}, and not ${issuer}. If that is meant, send the address with updateSignInConnection.`;
}

/** What an event tells of certificates that are others than before, in whatever order. */
function changesOf(certificates: readonly string[], read: ProviderMetadata): PropertyChange[] {
  const [before, after] = [certificates, read.certificates].map((each) => each.map(fingerprintOf));
  const isSame = before?.toSorted().join() === after?.toSorted().join();
  return isSame ? [] : [{ field: 'certificates', before, after }];
}
