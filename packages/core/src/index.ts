import 'reflect-metadata';

export { printContract } from './api/build-schema.ts';
export { assertFewComparisons, demandOf } from './api/limits/demand.ts';
export { assertInputDepth, assertShallow } from './api/limits/input-depth.ts';
export { type ApiLimits, apiLimits } from './api/limits/limits.ts';
export { RequestContext } from './api/request/request-context.ts';
export { demandPrices } from './api/schema/demand-prices.ts';
export { digestOf, newSecret, parseSecret } from './authorization/secret.ts';
export { type Core, type CoreOptions, type RequestHeaders, startCore } from './core.ts';
export { migrateDatabase } from './database/database.ts';
export { UnsuitableDatabase } from './database/suitable-server.ts';
export { type ErrorCode, errorCodes } from './errors/domain-error.ts';
export { SCIM_SCOPE, tokenEndpoint } from './oauth-clients/issue-access-token.ts';
export { signInLimits } from './passwords/sign-in-limits.ts';
export type { RoundRobin } from './scheduling/round-robin.ts';
export { ENCRYPTION_KEY_BYTES } from './sealing/sealer.ts';
export { secondFactorLimits } from './second-factors/second-factor-limits.ts';
export { securityEventError } from './shared-signals/security-event-error.ts';
