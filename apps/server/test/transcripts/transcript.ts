import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const headers = z.record(z.string(), z.string());
const expectation = z.strictObject({
  status: z.int(),
  /** What the body has at least; `null` stands for "not shown". */
  body: z.record(z.string(), z.json()).optional(),
  headers: headers.optional(),
});

/** One request, what must be answered, and what may be kept of the answer under a name for later steps. */
const step = z.strictObject({
  send: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().startsWith('/'),
    headers: headers.optional(),
    body: z.json().optional(),
  }),
  expect: expectation,
  keep: z.record(z.string(), z.string()).optional(),
});

/**
 * A conversation between an identity provider and the server. Before it there are `ada` and `bob`, and the group `crew`
 * whose only member is Ada; `{ada.id}` and the like stand for what the server gave them, `{run}` for a text of this run.
 */
const transcript = z.strictObject({
  title: z.string(),
  source: z.string(),
  /** The shape is not documented publicly and was concluded from neighbouring requests. */
  inferred: z.literal(true).optional(),
  steps: z.array(step).min(1),
});

export type Transcript = z.infer<typeof transcript>;
export type Step = z.infer<typeof step>;

/** Every transcript, as `entra/01-test-connection`. */
export function readTranscripts(): { name: string; transcript: Transcript }[] {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return folders.flatMap(({ name: idp }) =>
    readdirSync(join(import.meta.dirname, idp)).map((file) => {
      const text = readFileSync(join(import.meta.dirname, idp, file), 'utf8');
      return { name: `${idp}/${basename(file, '.json')}`, transcript: transcript.parse(JSON.parse(text)) };
    }),
  );
}
