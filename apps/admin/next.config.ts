import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `/scim/v2/` must reach the server as the IdP wrote it, not as a redirect.
  skipTrailingSlashRedirect: true,
  experimental: {
    // What passes through to the server is limited there; a SCIM bulk request may be large and slow.
    proxyClientMaxBodySize: '64mb',
    proxyTimeout: 120_000,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
};

export default config;
