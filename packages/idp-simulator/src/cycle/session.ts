import type { z } from 'zod';
import type { Dialect } from '../idps/dialect.ts';
import type { RequestLog } from '../scim/request-log.ts';
import { listResponseSchema, managerId, type Resource, resourceSchema } from '../scim/resources.ts';
import type { ScimAnswer, ScimClient } from '../scim/scim-client.ts';
import { readRequest, type ScimRequest } from '../scim/scim-request.ts';
import type { ProgressEvent } from './progress-event.ts';

/** A request failed and is logged; the item it belongs to is given up, the cycle goes on. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
}

/** What a session is made of. */
export interface SessionOptions {
  readonly dialect: Dialect;
  readonly client: ScimClient;
  readonly log: RequestLog;
  readonly concurrency: number;
  readonly onProgress: (event: ProgressEvent) => void;
}

/** One identity provider at work on one server: its connection, and what it remembers of the server's ids. */
export class Session {
  readonly dialect: Dialect;
  readonly log: RequestLog;
  readonly concurrency: number;
  readonly onProgress: (event: ProgressEvent) => void;
  /** SCIM ids of people by key, as far as they were seen. */
  readonly userIds = new Map<number, string>();
  /** SCIM ids of the managers that the server shows, by the key of the report. */
  readonly shownManagers = new Map<number, string | undefined>();
  readonly groupIds = new Map<number, string>();
  readonly #client: ScimClient;

  constructor(options: SessionOptions) {
    this.dialect = options.dialect;
    this.log = options.log;
    this.concurrency = options.concurrency;
    this.onProgress = options.onProgress;
    this.#client = options.client;
  }

  /** Sends a request whatever comes of it. */
  async send(request: ScimRequest): Promise<ScimAnswer> {
    return this.#client.send(request);
  }

  /** Sends a request whose answer has no content of interest; throws RequestFailed. */
  async write(request: ScimRequest): Promise<void> {
    const { ok } = await this.#client.send(request);
    if (!ok) throw new RequestFailed();
  }

  /** The first resource of a list, if any; throws RequestFailed. */
  async findFirst(request: ScimRequest): Promise<Resource | undefined> {
    const answer = await this.#client.send(request);
    if (!answer.ok) throw new RequestFailed();
    return this.read(listResponseSchema, request, answer).Resources[0];
  }

  /** The resource at that path, such as `/Users/<id>`; throws RequestFailed. */
  async getResource(path: string): Promise<Resource> {
    const request = readRequest(path);
    const answer = await this.#client.send(request);
    if (!answer.ok) throw new RequestFailed();
    return this.read(resourceSchema, request, answer);
  }

  /** The body of an answer; one that is not what SCIM demands is a failure. Throws RequestFailed. */
  read<Schema extends z.ZodType>(schema: Schema, request: ScimRequest, answer: ScimAnswer): z.output<Schema> {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const problem = parsed.error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    this.log.failed(request, answer.status, `the body is not the SCIM message that it should be: ${problem}`);
    throw new RequestFailed();
  }

  /** Remembers where a person is found on the server. */
  rememberUser(key: number, resource: Resource): void {
    this.userIds.set(key, resource.id);
    this.shownManagers.set(key, managerId(resource));
  }
}
