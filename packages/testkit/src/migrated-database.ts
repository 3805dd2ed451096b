import { type TestDatabase, testDatabase, testPostgresUrl } from '@rollcall/embedded-postgres/test-cluster';

/** Brings the schema of a database up to date. */
export type Migrate = (databaseUrl: string) => Promise<void>;

/** The migrated database of each cluster that copies are made of. */
const templates = new Map<string, Promise<TestDatabase>>();

/** A database that has the schema: a copy of one that is migrated once for all files that share the modules of a worker. */
export async function migratedDatabase(migrate: Migrate): Promise<TestDatabase> {
  const cluster = testPostgresUrl();
  const template = templates.get(cluster) ?? makeTemplate(migrate);
  templates.set(cluster, template);
  return testDatabase({ template: (await template).name });
}

async function makeTemplate(migrate: Migrate): Promise<TestDatabase> {
  const database = await testDatabase();
  await migrate(database.url);
  return database;
}
