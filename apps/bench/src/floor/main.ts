import { Pool } from 'pg';
import { createFloor } from './app.ts';
import { createTables } from './tables.ts';

/** As many as requests at a time: nothing waits for a connection. */
const CONNECTIONS = 16;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
// A connection that breaks while it is idle is missed by nobody.
pool.on('error', () => undefined);
await createTables(pool);
const app = createFloor(pool);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.once('SIGTERM', () => void app.close().then(() => pool.end()));
// The line by which the server says so.
process.stdout.write(`${JSON.stringify({ msg: 'ready', address })}\n`);
