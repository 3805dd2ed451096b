import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHttpClient, type TadaDocumentNode } from '@rollcall/graphql-client';
import { localServerUrl } from './platform.ts';
import type { Settings } from './settings.ts';

/** Sends documents as the server's operator, to one account where one is named. */
export interface Operator {
  execute<R, V>(document: TadaDocumentNode<R, V>, variables: V, accountId?: string): Promise<R>;
}

/** Lends the operator's access to the server of the settings for as long as `use` takes. */
export async function asOperator<T>(settings: Settings, use: (operator: Operator) => Promise<T>): Promise<T> {
  const token =
    process.env.ROLLCALL_OPERATOR_TOKEN ||
    (await readFile(join(settings.dataDirectory, 'operator-token'), 'utf8')).trim();
  const client = createHttpClient({ url: `${localServerUrl(settings)}/graphql`, connections: 1 });
  try {
    return await use({
      execute: (document, variables, accountId) =>
        client.execute(document, variables, {
          authorization: `Bearer ${token}`,
          'rollcall-account': accountId,
        }),
    });
  } finally {
    await client.close();
  }
}
