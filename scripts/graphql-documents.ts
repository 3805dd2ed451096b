/**
 * Checks what is typed from `schema.graphql`: every document fits the schema, and the generated types are those
 * that the schema gives today.
 */
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { ROOT, runCommand } from './command.ts';

/** A workspace with documents, and where its generated types are. */
interface TypedWorkspace {
  folder: string;
  generatedTypes: string;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const workspaces = globSync('{apps,packages}/*/tsconfig.json', { cwd: ROOT })
    .sort()
    .flatMap(typedWorkspace);
  let failures = 0;
  for (const workspace of workspaces) {
    process.stdout.write(`${workspace.folder}\n`);
    if ((await runCommand(['gql.tada', 'check'], { directory: join(ROOT, workspace.folder) })) !== 0)
      failures++;
    if (!(await isCurrent(workspace))) failures++;
  }
  return failures === 0 ? 0 : 1;
}

function typedWorkspace(file: string): TypedWorkspace[] {
  const { config } = ts.readConfigFile(join(ROOT, file), ts.sys.readFile);
  const plugins: { name: string; tadaOutputLocation?: string }[] = config.compilerOptions?.plugins ?? [];
  const output = plugins.find(({ name }) => name === 'gql.tada/ts-plugin')?.tadaOutputLocation;
  if (output === undefined) return [];
  const folder = dirname(file);
  return [{ folder, generatedTypes: resolve(ROOT, folder, output) }];
}

async function isCurrent({ folder, generatedTypes }: TypedWorkspace): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-schema-types-'));
  try {
    const fresh = join(directory, 'schema-env.d.ts');
    const generated = await runCommand(['gql.tada', 'generate', 'output', '--output', fresh], {
      directory: join(ROOT, folder),
    });
    if (generated !== 0) return false;
    if ((await readFile(fresh, 'utf8')) === (await readFile(generatedTypes, 'utf8'))) return true;
    process.stderr.write(
      `${generatedTypes} is not what schema.graphql gives: run "npx gql.tada generate output" in ${folder}.\n`,
    );
    return false;
  } finally {
    await rm(directory, { recursive: true });
  }
}
