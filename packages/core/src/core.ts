import type { GraphQLSchema } from 'graphql';
import { type Logger, pino } from 'pino';
import { graphqlSchema } from './api/build-schema.ts';
import { apiLimits } from './api/limits/limits.ts';
import { toGraphQLError } from './api/request/graphql-error.ts';
import type { Platform } from './api/request/platform.ts';
import { asksForRehearsal } from './api/request/rehearsal-header.ts';
import { RequestContext } from './api/request/request-context.ts';
import { openCredentials } from './authorization/credentials.ts';
import { ACCOUNT_CREDENTIALS_CHANNEL, CREDENTIALS_CHANNEL } from './authorization/end-access.ts';
import { CUSTOM_ATTRIBUTES_CHANNEL, openKnownDefinitions } from './custom-attributes/known-definitions.ts';
import { type Database, openDatabase } from './database/database.ts';
import { findCursorKey } from './database/find-installation.ts';
import { keepStatistics } from './database/keep-statistics.ts';
import { openNotifications } from './database/notifications.ts';
import { keepDomainsProven } from './email-domains/keep-domains-proven.ts';
import { type ResolveTxt, resolveTxtByDns } from './email-domains/txt-records.ts';
import { EVENTS_CHANNEL } from './events/announcer.ts';
import { openEventFeed } from './events/event-feed.ts';
import type { AllFollowers } from './followers/follower.ts';
import { createGuardedFetch } from './guarded-fetch/guarded-fetch.ts';
import { openJobRunner } from './jobs/job-runner.ts';
import type { MailSettings } from './mail/deliver.ts';
import { openMailSender } from './mail/mail-sender.ts';
import { MAILS_CHANNEL, openOutbox } from './mail/outbox.ts';
import { openIdConnect } from './openid-connect/openid-connect.ts';
import { keepChartsUpToDate } from './org-chart/project/keep-charts-up-to-date.ts';
import { orgFollower } from './org-structure/keep/org-follower.ts';
import { REBUILD_PROGRESS_CHANNEL, REBUILDS_CHANNEL } from './org-structure/rebuild/rebuild.ts';
import { rebuildJobs } from './org-structure/rebuild/rebuild-slice.ts';
import { createCursorSeal } from './pages/cursor-seal.ts';
import { assignedRolesFollower } from './roles/assigned-roles-follower.ts';
import { groupRolesFollower } from './roles/group-roles-follower.ts';
import {
  GROUP_ROLES_CHANNEL,
  GROUP_ROLES_PROGRESS_CHANNEL,
  groupRolesJobs,
} from './roles/group-roles-job.ts';
import { saml } from './saml-sign-in/saml.ts';
import { RoundRobin } from './scheduling/round-robin.ts';
import { keepRequests } from './scim-requests/keep-requests.ts';
import { openRecorder, type RequestRecorder } from './scim-requests/recorder.ts';
import { requestWriter } from './scim-requests/write-requests.ts';
import { createSealer } from './sealing/sealer.ts';
import { keepSealedAnew } from './secrets-at-rest/keep-sealed-anew.ts';
import { SIGNALS_CHANNEL } from './shared-signals/set-signal-stream.ts';
import { openSignalPoller } from './shared-signals/signal-poller.ts';
import { openTransmitters } from './shared-signals/transmitters.ts';
import { keepMetadataFresh } from './sign-in-connections/keep-metadata-fresh.ts';
import { keepWarningOfOwnCertificates } from './sign-in-connections/warn-of-own-certificates.ts';
import { openRemoteKeys } from './signed-tokens/remote-keys.ts';
import { keepWarningOfExpiry } from './tokens/warn-of-expiry.ts';

export interface CoreOptions {
  readonly databaseUrl: string;
  /** Connections to PostgreSQL at most. */
  readonly poolSize?: number;
  /** Where clients reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** The operator's token; without one there is no operator. */
  readonly operatorSecret?: string;
  /**
   * What secrets are sealed with that are needed again in plain, 32 bytes each, first the one that seals; without them none can be
   * kept.
   */
  readonly encryptionKeys?: readonly Uint8Array[];
  /** By which server mails are sent; without one none is, and what needs mails is refused. They are sealed until then. */
  readonly mail?: MailSettings | undefined;
  /** Where people open the admin's pages, without a slash at the end; where clients reach the server, when left out. */
  readonly adminUrl?: string;
  /** Hosts that the server may fetch from without TLS and at addresses that are not public, for development and tests. */
  readonly allowedPrivateHosts?: readonly string[];
  /** Asks the DNS for texts; that of the machine, when left out. */
  readonly resolveTxt?: ResolveTxt;
  readonly logger?: Logger;
  /** Does this process do what no request waits for: send mails, bring org charts up to date, count tables? By default it does. */
  readonly worksInBackground?: boolean;
  /** Are the requests of identity providers recorded? By default where the process works in the background. */
  readonly recordsRequests?: boolean;
}

/** What the API reads of a request, whatever brought it. */
export interface RequestHeaders {
  readonly authorization?: string | undefined;
  readonly 'rollcall-account'?: string | undefined;
  readonly 'rollcall-dry-run'?: string | undefined;
  readonly 'x-request-id'?: string | undefined;
  /** The address of whoever sent it, as far as that can be known. */
  readonly 'client-address'?: string | undefined;
  readonly 'user-agent'?: string | undefined;
}

/** The domain and its API, running. */
export interface Core {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  /** Where people open the admin's pages. */
  readonly adminUrl: string;
  /** Where clients reach the server. */
  readonly publicUrl: string;
  /** Whose turn it is in the process; accounts are its owners. */
  readonly roundRobin: RoundRobin;
  /** Takes down requests of identity providers; undefined where they are not recorded. */
  readonly requests: RequestRecorder | undefined;
  /** Resolves when all counts here that was acknowledged before the call, whichever process did it: who has lost access is refused. */
  catchUp(): Promise<void>;
  /**
   * Authenticates a request; an invalid credential shows when a field asks for one. What it reads is cancelled when
   * `signal` aborts, because its client hung up. Rejects with a GraphQLError of the contract, such as UNAVAILABLE.
   */
  createContext(headers: RequestHeaders, signal?: AbortSignal): Promise<RequestContext>;
  /** Calls back when the credential of a request stops being valid. */
  onAccessEnded(context: RequestContext, ended: () => void): () => void;
  /** Ends everything; a second call waits for the first. */
  close(): Promise<void>;
}

/** Whatever follows from changes of people and of members, in this order. */
export const allFollowers: AllFollowers = {
  // Whoever deletes a role has the lock of assigned roles before that of teams, so it comes first.
  followers: [assignedRolesFollower, orgFollower],
  membersFollowers: [groupRolesFollower],
};

const channels = [
  EVENTS_CHANNEL,
  CREDENTIALS_CHANNEL,
  ACCOUNT_CREDENTIALS_CHANNEL,
  CUSTOM_ATTRIBUTES_CHANNEL,
  REBUILDS_CHANNEL,
  REBUILD_PROGRESS_CHANNEL,
  MAILS_CHANNEL,
  GROUP_ROLES_CHANNEL,
  GROUP_ROLES_PROGRESS_CHANNEL,
  SIGNALS_CHANNEL,
];

/** Opens the database, brings its schema up to date, and starts the live feed. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const log = options.logger ?? pino({ level: 'silent' });
  const database = await openDatabase({ url: options.databaseUrl, poolSize: options.poolSize });
  const notifications = await openNotifications(options.databaseUrl, channels, log);
  const roundRobin = new RoundRobin();
  const feed = openEventFeed({ database, notifications, roundRobin, log });
  const credentials = openCredentials(database, notifications, options);
  const definitions = openKnownDefinitions(database, notifications);
  const jobs = openJobRunner([rebuildJobs, groupRolesJobs], { database, notifications, feed, log });
  const { mail, encryptionKeys, adminUrl = options.publicUrl, allowedPrivateHosts = [] } = options;
  const sealer = encryptionKeys === undefined ? undefined : await createSealer(encryptionKeys);
  const sends = mail !== undefined && sealer !== undefined ? { settings: mail, sealer } : undefined;
  const fetch = createGuardedFetch({ allowedPrivateHosts });
  const keys = openRemoteKeys(fetch);
  const transmitters = openTransmitters(fetch, keys);
  const resolveTxt = options.resolveTxt ?? resolveTxtByDns;
  const platform: Platform = {
    database,
    outbox: sends && openOutbox(sends.sealer, adminUrl),
    credentials,
    definitions,
    feed,
    allFollowers,
    cursors: createCursorSeal(await findCursorKey(database.sql)),
    notifications,
    limits: apiLimits,
    publicUrl: options.publicUrl,
    adminUrl,
    fetch,
    resolveTxt,
    providers: {
      OIDC: openIdConnect({ fetch, keys, sealer, adminUrl }),
      SAML: saml({ db: database.sql, sealer, adminUrl }),
    },
    transmitters,
    keys,
    sealer,
    log,
  };
  const stopBackground =
    options.worksInBackground === false
      ? []
      : [
          keepChartsUpToDate(database, notifications, log),
          keepDomainsProven({ database, notifications, feed, resolveTxt, log }),
          keepMetadataFresh({ database, notifications, feed, fetch, log }),
          ...(sealer === undefined || sealer.keyIds.length < 2
            ? []
            : [keepSealedAnew({ database, notifications, sealer, log })]),
          ...(platform.outbox === undefined
            ? []
            : [
                keepWarningOfExpiry({ database, notifications, outbox: platform.outbox, log }),
                keepWarningOfOwnCertificates({ database, notifications, outbox: platform.outbox, log }),
              ]),
          keepRequests({ database, notifications, log }),
          keepStatistics(database, notifications, { channel: EVENTS_CHANNEL, log }),
        ];
  const sender =
    sends === undefined || options.worksInBackground === false
      ? undefined
      : openMailSender({ ...sends, database, notifications, feed, log });
  const poller =
    sealer === undefined || options.worksInBackground === false
      ? undefined
      : openSignalPoller({ database, notifications, feed, fetch, transmitters, sealer, log });
  const recordsRequests = options.recordsRequests ?? options.worksInBackground !== false;
  const requests = recordsRequests ? openRecorder({ write: requestWriter(database.sql), log }) : undefined;
  let ended: Promise<void> | undefined;
  async function end(): Promise<void> {
    await requests?.close();
    await Promise.all(stopBackground.map((stop) => stop()));
    await jobs.close();
    await sender?.close();
    await poller?.close();
    await fetch.close();
    feed.close();
    credentials.close();
    definitions.close();
    await notifications.close();
    await database.close();
  }
  return {
    schema: graphqlSchema(),
    database,
    adminUrl,
    publicUrl: options.publicUrl,
    roundRobin,
    requests,
    catchUp: credentials.catchUp,
    async createContext(headers, signal) {
      const requestId = headers['x-request-id'] ?? crypto.randomUUID();
      try {
        return new RequestContext(platform, {
          requestId,
          credential: headers,
          rehearsal: asksForRehearsal(headers['rollcall-dry-run']),
          viewer: await credentials.authenticate(headers),
          address: headers['client-address'],
          userAgent: headers['user-agent'],
          signal,
        });
      } catch (error) {
        throw toGraphQLError(error, { requestId, log });
      }
    },
    onAccessEnded: (context, ended) =>
      context.followViewer(({ kind }) => {
        if (kind === 'ANONYMOUS') ended();
      }),
    close: () => (ended ??= end()),
  };
}
