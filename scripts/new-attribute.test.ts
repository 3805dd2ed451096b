import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './command.ts';

const GUIDE = join(ROOT, 'docs/guides/contributing-an-attribute.md');
const MINUTE_MS = 60_000;

/** What nobody copies: it is installed, built or somebody's data. */
const LEFT_OUT = new Set(['node_modules', '.git', '.next', '.turbo', 'dist', '.rollcall', 'images']);

let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'rollcall-attribute-'));
  await cp(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  await linkModules();
}, MINUTE_MS);
afterAll(() => rm(copy, { recursive: true }));

/** What comes from the registry is that of the project; our own packages are those of the copy. */
async function linkModules(): Promise<void> {
  const from = join(ROOT, 'node_modules');
  const to = join(copy, 'node_modules');
  await mkdir(join(to, '@rollcall'), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== '@rollcall') await symlink(join(from, name), join(to, name));
  }
  for (const name of await readdir(join(from, '@rollcall'))) {
    const folder = ['packages', 'apps'].map((parent) => join(copy, parent, name));
    const [place] = (await Promise.all(folder.map(isFolder))).flatMap((is, at) => (is ? [folder[at]] : []));
    if (place !== undefined) await symlink(place, join(to, '@rollcall', name));
  }
}

const isFolder = (path: string): Promise<boolean> =>
  readdir(path).then(
    () => true,
    () => false,
  );

/** The change of one file: a run of lines as it is, and as it is to be. */
interface Hunk {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

async function hunksOfGuide(): Promise<Hunk[]> {
  const diff = /```diff\n(?<diff>.*?)```/s.exec(await readFile(GUIDE, 'utf8'))?.groups?.diff ?? '';
  return diff
    .split(/^--- a\//m)
    .slice(1)
    .map((section) => {
      const [file = '', , , ...lines] = section.split('\n').filter((line) => line !== '');
      const without = (sign: string) =>
        lines.flatMap((line) => (line.startsWith(sign) ? [] : [line.slice(1)])).join('\n');
      return { file, before: without('+'), after: without('-') };
    });
}

async function apply({ file, before, after }: Hunk): Promise<void> {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  expect(text.split(before), `${file} has once what the guide's diff begins with`).toHaveLength(2);
  await writeFile(
    path,
    text.replace(before, () => after),
  );
}

/** Runs a program of the project in the copy, and answers what it printed. Rejects unless it succeeds. */
function run(folder: string, ...command: readonly [program: string, ...args: string[]]): Promise<string> {
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: join(copy, folder), env: { ...process.env, PATH: path } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command.join(' ')} failed:\n${output}`)),
    );
  });
}

/** What an identity provider, and a program, would try with it. */
const TRIAL = `
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const found = async (query: string) =>
  ((await company.scim.expect(200, { path: '/Users?' + query })).body as { Resources: { userName: string }[] }).Resources.map(
    ({ userName }) => userName,
  );

const asAdmin = (document: string) =>
  server.graphql(company.admin.authorization.replace('Bearer ', '')).ask(document);

test('pronouns are written, read, filtered and sorted by', async () => {
  const ada = await company.scim.create('Users', { schemas: [USER], userName: 'ada', pronouns: 'she/her' });
  await company.scim.create('Users', { schemas: [USER], userName: 'kim' });
  expect(await found('filter=' + encodeURIComponent('pronouns eq "SHE/HER"'))).toEqual(['ada']);
  const Operations = [{ op: 'replace', path: 'pronouns', value: 'they/them' }];
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await company.scim.expect(200, { method: 'PATCH', path: '/Users/' + ada.id, body: { schemas, Operations } });
  expect((await company.scim.expect(200, { path: '/Users/' + ada.id })).body).toMatchObject({ pronouns: 'they/them' });
  expect((await found('sortBy=pronouns'))[0]).toBe('ada');
  const asked = '{ users(filter: { pronouns: { startsWith: "they" } }, orderBy: { field: PRONOUNS }) { nodes { pronouns } } }';
  const { data } = await asAdmin(asked);
  expect(data).toEqual({ users: { nodes: [{ pronouns: 'they/them' }] } });
  const events = '{ events(filter: { types: [USER_UPDATED] }) { nodes { changes { field before after } } } }';
  const told = await asAdmin(events);
  expect(told.data).toMatchObject({
    events: { nodes: [{ changes: [{ field: 'pronouns', before: 'she/her', after: 'they/them' }] }] },
  });
});

test('teams are made from pronouns', async () => {
  const set = 'mutation { updateOrgStructure(input: { createTeams: DEPARTMENT, teamAttribute: "pronouns" }) { orgStructure { createTeams } } }';
  expect((await asAdmin(set)).errors).toBeUndefined();
  const rebuild = '{ orgStructure { rebuild { state } } }';
  await expect.poll(async () => (await asAdmin(rebuild)).data).toEqual({ orgStructure: { rebuild: { state: 'DONE' } } });
  for (const userName of ['lee', 'max', 'sam'])
    await company.scim.create('Users', { schemas: [USER], userName, pronouns: 'ze/hir' });
  const teams = '{ teams(filter: { displayName: { equals: "ze/hir" } }) { nodes { memberCount } } }';
  expect((await asAdmin(teams)).data).toEqual({ teams: { nodes: [{ memberCount: 3 }] } });
});
`;

test(
  'a new text attribute is a line in each of four files',
  async () => {
    const hunks = await hunksOfGuide();
    expect(hunks).toHaveLength(4);
    for (const hunk of hunks) await apply(hunk);
    await run('.', 'node', 'scripts/schema.ts');
    await run('packages/graphql-client', 'gql.tada', 'generate', 'output');
    await writeFile(join(copy, 'apps/server/test/pronouns.test.ts'), TRIAL);
    await Promise.all([
      run('packages/core', 'tsc', '--noEmit'),
      run('packages/scim', 'tsc', '--noEmit'),
      run('apps/server', 'vitest', 'run', 'test/pronouns.test.ts'),
    ]);
  },
  5 * MINUTE_MS,
);
