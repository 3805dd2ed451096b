import type { Logger } from 'pino';
import type { Credentials } from '../../authorization/credentials.ts';
import type { KnownDefinitions } from '../../custom-attributes/known-definitions.ts';
import type { Database } from '../../database/database.ts';
import type { Notifications } from '../../database/notifications.ts';
import type { ResolveTxt } from '../../email-domains/txt-records.ts';
import type { EventFeed } from '../../events/event-feed.ts';
import type { AllFollowers } from '../../followers/follower.ts';
import type { GuardedFetch } from '../../guarded-fetch/guarded-fetch.ts';
import type { Outbox } from '../../mail/outbox.ts';
import type { OpenIdConnect } from '../../openid-connect/openid-connect.ts';
import type { CursorSeal } from '../../pages/cursor-seal.ts';
import type { Sealer } from '../../sealing/sealer.ts';
import type { Transmitters } from '../../shared-signals/transmitters.ts';
import type { RemoteKeys } from '../../signed-tokens/remote-keys.ts';
import type { SignInProviders } from '../../single-sign-on/begin-single-sign-on.ts';
import type { ApiLimits } from '../limits/limits.ts';

/** What lives as long as the process, and every request shares. */
export interface Platform {
  readonly database: Database;
  readonly credentials: Credentials;
  /** The attributes that accounts defined. */
  readonly definitions: KnownDefinitions;
  readonly feed: EventFeed;
  /** What follows from changes. */
  readonly allFollowers: AllFollowers;
  /** What cursors are sealed with, the same in all processes. */
  readonly cursors: CursorSeal;
  /** What other processes tell. */
  readonly notifications: Notifications;
  /** Where mails wait to be sent; there is none where no mail server is set up. */
  readonly outbox: Outbox | undefined;
  readonly limits: ApiLimits;
  /** Where clients reach the server, without a slash at the end: `https://id.example.com`. */
  readonly publicUrl: string;
  /** Where people open the admin's pages, without a slash at the end. */
  readonly adminUrl: string;
  /** For whatever is fetched from an address that somebody typed. */
  readonly fetch: GuardedFetch;
  readonly resolveTxt: ResolveTxt;
  readonly providers: SignInProviders & { readonly OIDC: OpenIdConnect };
  readonly transmitters: Transmitters;
  /** The keys that others publish. */
  readonly keys: RemoteKeys;
  /** Seals secrets that are needed again; there is none where the server has no key. */
  readonly sealer: Sealer | undefined;
  readonly log: Logger;
}
