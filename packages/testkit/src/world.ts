import { AsyncLocalStorage } from 'node:async_hooks';
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { type Migrate, migratedDatabase } from './migrated-database.ts';

/** What the world needs of the core; handed in, so that the core's own tests can use it too. */
export interface StartedCore<Context> {
  readonly schema: GraphQLSchema;
  readonly database: { observe(observer: (text: string) => void): () => void };
  createContext(headers: Record<string, string | undefined>): Promise<Context>;
  close(): Promise<void>;
}

export type StartCore<Context, Core extends StartedCore<Context>> = (options: {
  databaseUrl: string;
  publicUrl: string;
  operatorSecret: string;
}) => Promise<Core>;

/** Sends GraphQL as one actor, and fails loudly when the answer has errors that were not asked for. */
export interface Actor {
  readonly authorization: string;
  /** The data of an answer without errors. */
  query<Data = Record<string, never>>(
    source: string,
    variables?: object,
    headers?: Record<string, string>,
  ): Promise<Data>;
  /** The `extensions` of the first error of an answer; fails when there is none. */
  refusal(source: string, variables?: object, headers?: Record<string, string>): Promise<Refusal>;
  /** Whatever comes. */
  ask(source: string, variables?: object, headers?: Record<string, string>): Promise<ExecutionResult>;
  /** The messages of a subscription; fails when it is refused, or when a message has errors. */
  follow<Data>(source: string, variables?: object): Promise<AsyncGenerator<Data, void>>;
  /** Whatever comes of a subscription: messages, or its refusal. */
  subscribe(source: string, variables?: object): Promise<Subscribed>;
}

export type Subscribed = ExecutionResult | AsyncGenerator<ExecutionResult, void>;

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

export interface AccountWorld {
  readonly id: string;
  readonly adminId: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  /** The admin, signed in. */
  readonly admin: Actor;
  /** The identity provider of the account's first connection. */
  readonly idp: Actor & { readonly token: string };
  /** A new API token with these permissions. */
  withPermissions(...permissions: string[]): Promise<Actor>;
}

export interface World<Core> {
  readonly core: Core;
  readonly operator: Actor;
  readonly databaseUrl: string;
  actor(token: string): Actor;
  /** A fresh account with a signed-in admin and an identity provider. */
  account(name?: string): Promise<AccountWorld>;
  /** How many statements `run` sent to PostgreSQL; wake-ups, which many changes share, are left out. */
  countStatements(run: () => Promise<unknown>): Promise<number>;
  /** A second core on the same database, as another process would be; closed with the world. */
  anotherCore(): Promise<{ readonly core: Core; actor(token: string): Actor }>;
  close(): Promise<void>;
}

/** What the world is made with: the core's own functions. */
export interface WorldParts<Context, Core extends StartedCore<Context>> {
  readonly migrate: Migrate;
  readonly startCore: StartCore<Context, Core>;
  readonly newOperatorSecret: () => string;
}

/** What is asked for, and not what a core does meanwhile on its own, such as bringing org charts up to date. */
const asked = new AsyncLocalStorage<() => Promise<unknown>>();

/** A fresh database with a core on it. Needs the test cluster of `@rollcall/embedded-postgres/test-cluster`. */
export async function createWorld<Context, Core extends StartedCore<Context>>({
  migrate,
  startCore,
  newOperatorSecret,
}: WorldParts<Context, Core>): Promise<World<Core>> {
  const database = await migratedDatabase(migrate);
  const operatorSecret = newOperatorSecret();
  const start = () =>
    startCore({ databaseUrl: database.url, publicUrl: 'http://rollcall.test', operatorSecret });
  const core = await start();
  const others: Core[] = [];
  const actor = (token: string) => createActor(core, `Bearer ${token}`);
  const operator = actor(operatorSecret);
  return {
    core,
    operator,
    databaseUrl: database.url,
    actor,
    account: (name = 'Acme') => createAccount(operator, actor, name),
    async countStatements(run) {
      let count = 0;
      const stop = core.database.observe((text) => {
        if (asked.getStore() === run && !text.startsWith('SELECT pg_notify(')) count += 1;
      });
      try {
        await asked.run(run, run);
      } finally {
        stop();
      }
      return count;
    },
    async anotherCore() {
      const other = await start();
      others.push(other);
      return { core: other, actor: (token) => createActor(other, `Bearer ${token}`) };
    },
    async close() {
      await Promise.all([core, ...others].map((each) => each.close()));
      await database.drop();
    },
  };
}

function createActor<Context>(core: StartedCore<Context>, authorization: string): Actor {
  const ask: Actor['ask'] = async (source, variables = {}, headers = {}) =>
    graphql({
      schema: core.schema,
      source,
      variableValues: { ...variables },
      contextValue: await core.createContext({ authorization, ...headers }),
    });
  const subscribed: Actor['subscribe'] = async (source, variables = {}) =>
    subscribe({
      schema: core.schema,
      document: parse(source),
      variableValues: { ...variables },
      contextValue: await core.createContext({ authorization }),
    });
  const describe = (source: string, variables: object | undefined, result: ExecutionResult) =>
    `\n${source}\n${JSON.stringify(variables)}\n→ ${JSON.stringify(result, null, 1)}`;
  return {
    authorization,
    ask,
    async query<Data>(source: string, variables?: object, headers?: Record<string, string>) {
      const result = await ask(source, variables, headers);
      if (result.errors !== undefined || result.data == null)
        throw new Error(`The request was refused:${describe(source, variables, result)}`);
      return result.data as Data;
    },
    async refusal(source, variables, headers) {
      const result = await ask(source, variables, headers);
      const [error] = result.errors ?? [];
      if (error === undefined)
        throw new Error(`A refusal was expected:${describe(source, variables, result)}`);
      return { ...error.extensions, code: String(error.extensions.code), message: error.message };
    },
    subscribe: subscribed,
    async follow<Data>(source: string, variables?: object) {
      const answer = await subscribed(source, variables);
      if ('next' in answer) return strictly<Data>(answer, source);
      throw new Error(`The subscription was refused:${describe(source, variables, answer)}`);
    },
  };
}

/** The data of each message; a message with errors ends the test. */
async function* strictly<Data>(
  messages: AsyncGenerator<ExecutionResult, void>,
  source: string,
): AsyncGenerator<Data, void> {
  for await (const { data, errors } of messages) {
    if (errors !== undefined || data == null)
      throw new Error(`A message has errors:\n${source}\n→ ${JSON.stringify(errors)}`);
    yield data as Data;
  }
}

let accounts = 0;

async function createAccount(
  operator: Actor,
  actor: (token: string) => Actor,
  name: string,
): Promise<AccountWorld> {
  accounts += 1;
  const adminEmail = `admin-${accounts}@example.com`;
  const { createAccount: created } = await operator.query<{
    createAccount: { account: { id: string }; admin: { id: string }; adminPassword: string };
  }>(
    `mutation ($input: CreateAccountInput!) {
      createAccount(input: $input) { account { id } admin { id } adminPassword }
    }`,
    { input: { name: `${name} ${accounts}`, adminEmail, adminName: 'Ada Admin' } },
  );
  const { signIn } = await operator.query<{ signIn: { secret: string } }>(
    'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }',
    { input: { email: adminEmail, password: created.adminPassword } },
  );
  const admin = actor(signIn.secret);
  const issue = async (input: object): Promise<string> => {
    const { issueToken } = await admin.query<{ issueToken: { secret: string } }>(
      'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }',
      { input },
    );
    return issueToken.secret;
  };
  const token = await issue({ kind: 'SCIM', name: 'Entra ID' });
  return {
    id: created.account.id,
    adminId: created.admin.id,
    adminEmail,
    adminPassword: created.adminPassword,
    admin,
    idp: { ...actor(token), token },
    withPermissions: async (...permissions) =>
      actor(await issue({ kind: 'API', name: 'A tool', permissions })),
  };
}
