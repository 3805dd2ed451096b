/**
 * Signs people in at a real Keycloak, with keys that change and sessions that it ends: `npm run test:keycloak`. Needs Java
 * 17 or newer and Maven, and the first time a way to Maven Central; where Java or Maven is missing it says so, and tests
 * nothing. Ends with a table of what was tried.
 */
import { runCommand } from './command.ts';
import { findMissingTools, unpackKeycloak } from './keycloak/distribution.ts';
import { startKeycloak } from './keycloak/start-keycloak.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const missing = await findMissingTools();
  if (missing.length > 0) {
    process.stdout.write(`Nothing was tested with Keycloak: it needs ${missing.join(' and ')}.\n`);
    return 0;
  }
  const keycloak = await startKeycloak(await unpackKeycloak());
  try {
    return await runCommand(['npm', 'run', 'test:keycloak', '--workspace=@rollcall/server'], {
      variables: keycloak.variables,
    });
  } finally {
    await keycloak.stop();
  }
}
