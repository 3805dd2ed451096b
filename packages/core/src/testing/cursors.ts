import type { World } from '@rollcall/testkit';
import type { Core } from '../core.ts';
import { findCursorKey } from '../database/find-installation.ts';
import { createCursorSeal } from '../pages/cursor-seal.ts';

/** Seals places as the core does: for what only somebody with its key could make up. */
export async function sealFor({ core }: World<Core>, accountId: string): Promise<(place: string) => string> {
  const { seal } = createCursorSeal(await findCursorKey(core.database.sql));
  return (place) => seal(place, accountId);
}
