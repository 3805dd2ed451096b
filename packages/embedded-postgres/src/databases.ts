import { Client, DatabaseError, escapeIdentifier } from 'pg';

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

/** Creates the database unless it exists; answers whether it did. */
export async function createDatabase(adminUrl: string, name: string): Promise<boolean> {
  return withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return false;
    return client.query(`CREATE DATABASE ${escapeIdentifier(name)}`).then(
      () => true,
      (error) => {
        if (existsAlready(error)) return false;
        throw error;
      },
    );
  });
}

/**
 * Creates the database as a copy of the template, to which nobody may be connected, and answers its URL.
 * Copying files instead of logging pages halves the time; the checkpoint that it needs is cheap only on a cluster
 * that isn't durable.
 *
 * @throws DatabaseError when the name is taken or the template is in use.
 */
export async function createDatabaseFromTemplate(
  adminUrl: string,
  template: string,
  name: string,
): Promise<string> {
  const copy = `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`;
  await execute(adminUrl, `${copy} STRATEGY FILE_COPY`);
  return urlOfDatabase(adminUrl, name);
}

/** Drops the database, ending the sessions in it; one that doesn't exist is no error. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await execute(adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

/** The URL of another database of the same server. */
export function urlOfDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

async function execute(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement));
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Two that create it at once meet in the catalogue's unique index. */
function existsAlready(error: unknown): boolean {
  return (
    error instanceof DatabaseError && (error.code === DUPLICATE_DATABASE || error.code === UNIQUE_VIOLATION)
  );
}
