import { isDevelopment } from './environment.ts';

/**
 * What a page may do: run and style itself by what bears the nonce, speak to its own origin, and show pictures of people
 * from wherever they are, over https. Attributes of style are how the components place and size themselves.
 */
export function contentSecurityPolicy(nonce: string): string {
  // The development server compiles in the browser.
  const evaluation = isDevelopment() ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
