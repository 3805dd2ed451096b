import type { Company } from '../world.ts';
import type { Endpoint } from './transport.ts';

/** What the parts of the suite are given: an endpoint, and one company on it. */
export interface Scene {
  readonly endpoint: Endpoint;
  readonly company: Company;
}
