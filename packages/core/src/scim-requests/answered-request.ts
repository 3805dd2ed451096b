/** Whose request it is: the account and the credential, which names both itself and the connection. */
export interface Caller {
  readonly accountId: string;
  readonly connectionId: string | null;
  readonly tokenId: string | null;
}

/** A request of SCIM that was answered, as it came: with its secrets. */
export interface AnsweredRequest extends Caller {
  /** A UUID of version 7 that was made when it came. */
  readonly id: string;
  readonly requestId: string;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly status: number;
  readonly durationMs: number;
  /** What was read of the body; undefined where it is none, or could not be read. */
  readonly body: unknown;
  /** In bytes, as it came. */
  readonly bodySize: number;
  readonly answer: string | undefined;
  readonly userAgent: string | undefined;
  readonly address: string;
}
