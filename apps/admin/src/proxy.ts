import { type NextRequest, NextResponse } from 'next/server';
import { serverUrl } from './lib/environment.ts';

/**
 * Forwards the server's paths, HTTP and WebSocket alike, so that people see one origin. A rewrite in next.config
 * would be frozen into the build; here the destination is read at start.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = new URL(request.url);
  return NextResponse.rewrite(new URL(`${pathname}${search}`, serverUrl()));
}

export const config = {
  matcher: ['/graphql', '/scim/:path*', '/auth/:path*', '/healthz', '/readyz'],
};
