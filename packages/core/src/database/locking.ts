/**
 * Opens what a transaction keeps closed: MikroORM's reads. Only `holds/` may import it, so that no change decides on a row
 * that somebody else may be changing (docs/decisions/0011-one-gate-for-writes.md).
 */
export const locking: unique symbol = Symbol('locking');
