export { type BackupOptions, backUpCluster, restoreCluster } from './backup.ts';
export { createDatabase, createDatabaseFromTemplate, dropDatabase, urlOfDatabase } from './databases.ts';
export { DataDirectoryInUse } from './directory-lock.ts';
export { makeDirectory } from './make-directory.ts';
export { type EmbeddedPostgres, type StartPostgresOptions, startPostgres } from './start-postgres.ts';
