import { hash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** A page to explore the API with; it holds all that it needs, and works offline. */
export function renderExplorer(): { page: string; headers: Record<string, string> } {
  const page = renderGraphiQL({ title: 'Rollcall GraphQL', subscriptionsProtocol: 'WS' });
  // The same for everybody, and large.
  const headers = { 'content-security-policy': policyOf(page), 'cache-control': 'private, max-age=3600' };
  return { page, headers };
}

/** Lets the page run its own scripts, known by their digests, and speak to this server alone; its editor writes styles. */
function policyOf(page: string): string {
  const digests = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${digests.join(' ')}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
