import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../command.ts';

const run = promisify(execFile);

const VERSION = '26.7.3';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${VERSION}:tar.gz`;
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';
/** The oldest Java that this Keycloak runs on. */
const JAVA = 17;

/** What is not on this machine of what Keycloak needs, in words. */
export async function findMissingTools(): Promise<string[]> {
  const [java, maven] = await Promise.all([javaVersion(), isThere('mvn', '--version')]);
  return [
    ...(java >= JAVA ? [] : [`Java ${JAVA} or newer, so that \`java\` finds it`]),
    ...(maven ? [] : ['Maven, so that `mvn` finds it']),
  ];
}

/** Gives the folder of Keycloak, which is fetched by Maven and unpacked the first time. */
export async function unpackKeycloak(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rollcall');
  const home = join(cache, `keycloak-${VERSION}`);
  if (existsSync(home)) return home;
  const fetched = join(cache, `keycloak-${VERSION}-${process.pid}`);
  await mkdir(fetched, { recursive: true });
  try {
    process.stdout.write(`Fetching ${ARTIFACT} into ${cache}\n`);
    const options = [`-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${fetched}`];
    if ((await runCommand(['mvn', '--batch-mode', '--quiet', COPY, ...options])) !== 0)
      throw new Error('Keycloak could not be fetched from Maven Central. Is there a way to it?');
    await run('tar', ['-xzf', join(fetched, `keycloak-quarkus-dist-${VERSION}.tar.gz`), '-C', fetched]);
    // Whoever is interrupted before leaves nothing that looks whole.
    await rename(join(fetched, `keycloak-${VERSION}`), home);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return home;
}

const isThere = (tool: string, ...args: string[]): Promise<boolean> =>
  run(tool, args).then(
    () => true,
    () => false,
  );

/** Such as 17; 0 where there is none. */
async function javaVersion(): Promise<number> {
  const { stderr } = await run('java', ['-version']).catch(() => ({ stderr: '' }));
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}
