import { readEnvironment } from '../environment.ts';
import { run } from '../run.ts';
import { type ReceivedRequest, startGraphQLEndpoint } from './graphql-endpoint.ts';

/** The moment at which commands believe to run. */
const NOW = new Date('2030-01-01T00:00:00Z');

/** What a command line did: its exit code, what it printed and what it asked the server. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  requests: ReceivedRequest[];
}

/** Runs a command line in this process, with nothing around it but the given variables. */
export async function runWith(
  variables: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<Omit<Outcome, 'requests'>> {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    environment: readEnvironment(variables),
    directory: '/nowhere',
    now: () => NOW,
    writeOut: (text) => {
      stdout += text;
    },
    writeError: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

/** Runs a command line against an endpoint that answers by the script. */
export async function runAgainst(
  answer: (request: ReceivedRequest) => unknown,
  args: readonly string[],
): Promise<Outcome> {
  const endpoint = await startGraphQLEndpoint(answer);
  try {
    const variables = { ROLLCALL_URL: endpoint.url, ROLLCALL_OPERATOR_TOKEN: 'operator-secret' };
    return { ...(await runWith(variables, args)), requests: endpoint.requests };
  } finally {
    await endpoint.close();
  }
}
