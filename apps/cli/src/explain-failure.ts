import type { GraphQLRequestError } from '@rollcall/graphql-client';

/** What a failed request was about, so that the message can point at it. */
export interface FailedRequest {
  serverUrl: string;
  tokenSource: string;
  accountId?: string | undefined;
}

/** The flags whose name differs from the field of the schema that they fill. */
const FLAG_OF_FIELD: Record<string, string> = {
  connectionId: '--connection',
  expiresAt: '--expires',
  overlapSeconds: '--overlap',
  accountId: '--account',
  'rollcall-account': '--account',
};

/** Turns a refused or lost request into what the person at the terminal can act on. */
export function explainFailure(error: GraphQLRequestError, request: FailedRequest): string {
  return [subjectOf(error), sentence(messageOf(error, request)), wayOut(error, request)]
    .filter(Boolean)
    .join(' ');
}

function subjectOf({ facts: { field } }: GraphQLRequestError): string | undefined {
  const name = field?.split('.').at(-1);
  return name ? `${FLAG_OF_FIELD[name] ?? flagOf(name)}:` : undefined;
}

/** `adminEmail` → `--admin-email` */
function flagOf(field: string): string {
  return `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function messageOf(error: GraphQLRequestError, { serverUrl }: FailedRequest): string {
  if (error.code !== 'UNAVAILABLE') return error.message;
  const reason = reasonOf(error.cause);
  return reason === undefined
    ? `${serverUrl} gave no usable answer: ${error.message}`
    : `No server answers at ${serverUrl} (${reason})`;
}

function reasonOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

function wayOut(error: GraphQLRequestError, request: FailedRequest): string {
  switch (error.code) {
    case 'UNAVAILABLE':
      return 'Start the server with "npm run start:server", or name another one by --url or ROLLCALL_URL.';
    case 'UNAUTHENTICATED':
      return `${request.serverUrl} does not take the operator token from ${request.tokenSource}: use the token of that server, from the file operator-token in its data directory.`;
    case 'NOT_FOUND':
      return request.accountId === undefined
        ? ''
        : `"rollcall account list" shows the accounts, "rollcall token list --account ${request.accountId}" the tokens of this one.`;
    case 'INTERNAL':
      return `The server's log tells more${error.facts.requestId ? ` under the request ${error.facts.requestId}` : ''}.`;
    default:
      return '';
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
