import type { SchemaType } from '@rollcall/graphql-client';

/** The regions by the name that the command line uses. */
export const REGIONS = { eu: 'EU', us: 'US', asia: 'ASIA', sa: 'SA' } as const satisfies Record<
  string,
  SchemaType<'Region'>
>;

export type RegionName = keyof typeof REGIONS;
