// Writes schema.graphql from the resolvers; with --check, fails when the committed file says something else.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const contract = fileURLToPath(new URL('../schema.graphql', import.meta.url));
const bundle = fileURLToPath(new URL('../node_modules/.cache/rollcall/contract.mjs', import.meta.url));

await build({
  entryPoints: [fileURLToPath(new URL('../packages/core/src/index.ts', import.meta.url))],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  target: 'node24',
});
const core: { printContract(): string } = await import(bundle);
const emitted = core.printContract();

if (!process.argv.includes('--check')) {
  await writeFile(contract, emitted);
} else if ((await readFile(contract, 'utf8')) !== emitted) {
  process.stderr.write(
    'schema.graphql differs from what the resolvers say. Run `npm run schema` and commit the result.\n',
  );
  process.exitCode = 1;
}
