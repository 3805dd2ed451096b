import type { Demo } from './demo-file.ts';
import type { Settings } from './settings.ts';

const QUERY = '{ users(first: 3) { totalCount nodes { displayName title manager { displayName } } } }';

/** What a person needs to go on, once everything runs. */
export function welcome(settings: Settings, demo: Demo | undefined): string {
  const { adminUrl, publicUrl, logDirectory } = settings;
  const lines = [
    '',
    `  Admin      ${adminUrl}`,
    ...(demo === undefined
      ? []
      : [`  Sign in    ${demo.admin.email}`, `  Password   ${demo.admin.password}`]),
    `  GraphQL    ${publicUrl}/graphql   (the explorer, signed in: ${adminUrl}/graphql)`,
    `  SCIM       ${demo?.scimUrl ?? `${publicUrl}/scim/v2/ACCOUNT`}`,
    `  Logs       ${logDirectory}`,
    '',
    ...(demo === undefined ? firstAccount(publicUrl) : firstQuery(publicUrl, demo.apiToken)),
    '',
    'Ctrl-C stops everything.',
  ];
  return `${lines.join('\n')}\n`;
}

const firstAccount = (publicUrl: string): string[] => [
  'Make the first account, in another terminal:',
  '',
  `  npx rollcall account create --name Acme --admin-email you@example.com --url ${publicUrl}`,
];

const firstQuery = (publicUrl: string, apiToken: string): string[] => [
  'A first query, with a token that may only read:',
  '',
  `  curl -s ${publicUrl}/graphql -H 'content-type: application/json' \\`,
  `    -H 'authorization: Bearer ${apiToken}' \\`,
  `    -d '{"query":"${QUERY}"}'`,
];
