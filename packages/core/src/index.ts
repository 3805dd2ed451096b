import 'reflect-metadata';

export { printContract } from './api/build-schema.ts';
export { assertFewComparisons, demandOf } from './api/demand.ts';
export { demandPrices } from './api/demand-prices.ts';
export { assertInputDepth, assertShallow } from './api/input-depth.ts';
export { type ApiLimits, apiLimits } from './api/limits.ts';
export { RequestContext } from './api/request-context.ts';
export { type Core, type CoreOptions, type RequestHeaders, startCore } from './core.ts';
export { UnsuitableDatabase } from './database/suitable-server.ts';
export { type ErrorCode, errorCodes } from './errors.ts';
export type { RoundRobin } from './scheduling/round-robin.ts';
export { signInLimits } from './sign-in/sign-in-limits.ts';
export { newSecret, parseSecret } from './tokens/secret.ts';
