// Bundles the server with the workspace's packages into one file; what comes from the registry stays outside, and the
// functions of the database, which migrations read, lie beside it.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'),
);
const ours = Object.keys(dependencies).filter((name) => name.startsWith('@rollcall/'));

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  legalComments: 'none',
  plugins: [
    {
      name: 'keep registry packages outside',
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
          if (kind === 'entry-point' || ours.some((name) => path === name || path.startsWith(`${name}/`)))
            return undefined;
          return path.startsWith('@rollcall/') ? undefined : { path, external: true };
        });
      },
    },
  ],
});

const functions = new URL('database/functions/', import.meta.resolve('@rollcall/core'));
cpSync(fileURLToPath(functions), join(import.meta.dirname, 'dist/functions'), { recursive: true });
