import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './command.ts';

interface Service {
  command?: string | string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
  restart?: string;
}

const compose: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(
  readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'),
  { merge: true },
);
const services = Object.entries(compose.services);

const scripts = new Map<string, Record<string, string>>();
for (const file of globSync(['package.json', '{apps,packages}/*/package.json'], { cwd: ROOT })) {
  const manifest: { name: string; scripts?: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, file), 'utf8'),
  );
  scripts.set(manifest.name, manifest.scripts ?? {});
}

/** The npm scripts that a command names, each with the package that must have it. */
function npmScripts({ command }: Service): { script: string; owner: string }[] {
  const line = [command ?? ''].flat().join(' ');
  return [...line.matchAll(/npm (?:run ([\w:-]+)|(start|test))(?: --workspace[= ]([^\s"']+))?/g)].map(
    ([, run, short, owner]) => ({ script: run ?? short ?? '', owner: owner ?? 'rollcall' }),
  );
}

test('every npm script that a service runs exists', () => {
  const named = services.flatMap(([, service]) => npmScripts(service));
  expect(named.length).toBeGreaterThanOrEqual(2);
  const missing = named.filter(({ script, owner }) => scripts.get(owner)?.[script] === undefined);
  expect(missing).toEqual([]);
});

test('every service that another waits for, and every volume that is mounted, is declared', () => {
  const awaited = services.flatMap(([, service]) => Object.keys(service.depends_on ?? {}));
  expect(awaited.filter((name) => !(name in compose.services))).toEqual([]);
  const mounted = services
    .flatMap(([, service]) => service.volumes ?? [])
    .map((volume) => volume.split(':')[0] ?? '');
  const named = mounted.filter((source) => !source.startsWith('.'));
  expect(named.filter((source) => !(source in compose.volumes))).toEqual([]);
});

test('what runs on is started again when it dies, but not for ever', () => {
  const lasting = services.filter(([, service]) => 'healthcheck' in service);
  expect(lasting.map(([name]) => name)).toEqual(['postgres', 'mail', 'server', 'admin']);
  for (const [, { restart }] of lasting) expect(restart).toMatch(/^on-failure:\d+$/);
});

test('the server finds the database, and the admin finds the server, by their service names', () => {
  const { server, admin } = compose.services;
  const urls = [server?.environment?.DATABASE_URL, admin?.environment?.ROLLCALL_SERVER_URL];
  expect(urls.map((url) => new URL(url ?? '').hostname)).toEqual(['postgres', 'server']);
});

test('the server is given only variables that it reads', () => {
  const source = readFileSync(new URL('../apps/server/src/environment.ts', import.meta.url), 'utf8');
  const given = Object.keys(compose.services.server?.environment ?? {});
  expect(given.filter((name) => !new RegExp(`^  ${name}: `, 'm').test(source))).toEqual([]);
});
