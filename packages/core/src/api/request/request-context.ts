import type { Logger } from 'pino';
import type { CredentialRequest } from '../../authorization/credentials.ts';
import { accountOf, connectionOf, credentialOf, signedIn, type Viewer } from '../../authorization/viewer.ts';
import type { Sql } from '../../database/database.ts';
import { readingInside } from '../../database/request-sql.ts';
import type { Work } from '../../database/work.ts';
import type { RehearsedEvent } from '../../events/rehearsed-events.ts';
import { type FollowedWork, withFollowers } from '../../followers/follower.ts';
import type { Authorship } from '../../model/event.ts';
import { Loaders } from './loaders.ts';
import type { Platform } from './platform.ts';
import { RehearsedAnswer } from './rehearsed-answer.ts';

/** What every resolver of a request shares. */
export class RequestContext {
  readonly platform: Platform;
  readonly requestId: string;
  readonly credential: CredentialRequest;
  readonly rehearsal: boolean;
  /** Where the request comes from, as far as that is known. */
  readonly address: string | undefined;
  /** By what it was sent, as that says itself. */
  readonly userAgent: string | undefined;
  /** What rehearsed mutations would have written. */
  readonly rehearsed: RehearsedEvent[] = [];
  /** When the rehearsed mutation before is rolled back. */
  rehearsalEnded: Promise<void> = Promise.resolve();
  readonly signal: AbortSignal | undefined;
  private present: Viewer;
  private reader: Viewer | undefined;
  private opened: Sql | undefined;
  private readonly made = new Map<string, Loaders>();
  private answer: RehearsedAnswer | undefined;

  constructor(platform: Platform, request: IncomingRequest) {
    this.platform = platform;
    this.requestId = request.requestId;
    this.credential = request.credential;
    this.present = request.viewer;
    this.rehearsal = request.rehearsal;
    this.address = request.address;
    this.userAgent = request.userAgent;
    this.signal = request.signal;
  }

  /**
   * Who asks. Of what lives longer than a request, such as a subscription: as they are by now. While the answer of a mutation
   * is read that made them somebody else: that one.
   */
  get viewer(): Viewer {
    return this.reader ?? this.present;
  }

  /** Has all that follows read by somebody else: by whoever asks again, when nobody is named. */
  readAs(reader?: Viewer): void {
    this.reader = reader;
    this.readFrom(undefined);
  }

  /**
   * Keeps `viewer` as it is by now until what this gives is called, and calls back at first and whenever it may have
   * changed.
   */
  followViewer(changed: (viewer: Viewer) => void): () => void {
    return this.platform.credentials.follow(this.credential, this.viewer, (viewer) => {
      this.present = viewer;
      this.forgetLoaded();
      changed(viewer);
    });
  }

  /** For reading; what is read is broken off when the client hangs up. */
  get db(): Sql {
    this.opened ??= this.platform.database.reading({ owner: this.owner, signal: this.signal });
    return this.opened;
  }

  get log(): Logger {
    return this.platform.log;
  }

  /** Whose share of the connections a request takes from: an account's, or where nobody knows whose it is, an address's. */
  get owner(): string {
    if (this.viewer.kind === 'ANONYMOUS') return this.address ?? this.viewer.kind;
    return this.viewer.accountId ?? this.viewer.kind;
  }

  /** By what to tell the credential of the request from others without being able to use it; undefined when it has none of ours. */
  get credentialDigest(): string | undefined {
    return this.platform.credentials.digestOf(this.credential);
  }

  /** May they read the log? */
  get readsEvents(): boolean {
    return this.viewer.kind !== 'ANONYMOUS' && this.viewer.permissions.has('events:read');
  }

  /** Those of the viewer's account. */
  get loaders(): Loaders {
    return this.loadersOf(accountOf(this.viewer));
  }

  /** What is told with the answer of a rehearsal: the events that it would have written, to those who may read events. */
  get extensions(): RehearsalExtensions | undefined {
    if (!this.rehearsal) return undefined;
    return { rehearsal: this.readsEvents ? { events: this.rehearsed } : {} };
  }

  /** Made when first asked for: most requests need none. Of another account than the viewer's for operators alone. */
  loadersOf(accountId: string): Loaders {
    const scope = { db: this.db, accountId, connectionId: connectionOf(this.viewer) };
    const made = this.made.get(accountId) ?? new Loaders(scope);
    this.made.set(accountId, made);
    return made;
  }

  /** Whatever was loaded is loaded anew from now on: a mutation has changed it. */
  forgetLoaded(): void {
    this.made.clear();
  }

  /** Reads the answer of a rehearsed mutation where the mutation wrote; resolves when the answer is complete. */
  async answerFrom(db: Sql): Promise<void> {
    this.answer = new RehearsedAnswer(this.signal);
    this.readFrom(readingInside(db, this.answer.signal));
    await this.answer.complete();
    this.answer = undefined;
    this.readFrom(undefined);
  }

  /** Notes a field that is being read: the answer of a rehearsal is not complete without it. */
  awaits(field: Promise<unknown>): void {
    this.answer?.awaits(field);
  }

  private readFrom(db: Sql | undefined): void {
    this.opened = db;
    this.forgetLoaded();
  }
}

/** The `extensions` of an answer; they are there when it is one of a rehearsal. */
interface RehearsalExtensions {
  readonly rehearsal: { readonly events?: readonly RehearsedEvent[] };
}

export interface IncomingRequest {
  readonly requestId: string;
  readonly credential: CredentialRequest;
  readonly viewer: Viewer;
  readonly rehearsal: boolean;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** A mutation's context: it may write. */
export class MutationContext extends RequestContext {
  readonly work: FollowedWork;
  /** Who reads the answer: whoever asks, unless the mutation says otherwise. */
  answersTo: Viewer;
  /** In which accounts it wrote, where that is not the one of whoever reads the answer. */
  accounts: readonly string[] | undefined;

  constructor(context: RequestContext, work: Work) {
    super(context.platform, context);
    this.work = withFollowers(
      work,
      context.platform.allFollowers,
      limitsOf(context.viewer),
      credentialOf(context.viewer),
    );
    this.answersTo = context.viewer;
  }

  override get db(): Sql {
    return this.work.db;
  }
}

/** What followers hold a change to: what whoever makes it may do; null for an identity provider. */
function limitsOf(viewer: Viewer): readonly string[] | null {
  if (connectionOf(viewer) !== null) return null;
  return viewer.kind === 'ANONYMOUS' ? [] : [...viewer.permissions];
}

/** Whose doing the events of this request are. */
export function authorshipOf({ viewer, requestId }: RequestContext): Authorship {
  return {
    accountId: accountOf(viewer),
    actor: signedIn(viewer).actor,
    connectionId: connectionOf(viewer),
    requestId,
  };
}

/** Forgets a credential that a mutation has ended, in this process at once. A rehearsal ends nothing. */
export function forgetCredential({ platform, rehearsal }: RequestContext, id: string): void {
  if (!rehearsal) platform.credentials.forget(id);
}
