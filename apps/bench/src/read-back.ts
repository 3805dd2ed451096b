import { inParallel } from './in-parallel.ts';
import { pageCount, readPage } from './phases/lists.ts';
import { expectStatus, WrongAnswer } from './workload/expect.ts';
import { expectMembers } from './workload/group.ts';
import { totalOf, type World } from './workload/world.ts';

/**
 * Reads back all that a contender must have at the end: everybody with their attributes, each once; nobody who was
 * deleted; the members of each group. @throws WrongAnswer at the first that differs
 */
export async function readBack(world: World, atATime: number): Promise<void> {
  const { scim, present, gone, groups } = world;
  const seen = new Set<string | undefined>();
  await inParallel(pageCount(world), atATime, async (page) => {
    for (const { id } of await readPage(world, page)) seen.add(id);
  });
  if (seen.size !== present.size) {
    const answer = await scim.send('GET', '/Users?count=1');
    throw new WrongAnswer(answer, `people on all pages, of ${totalOf(world)}`, present.size, seen.size);
  }
  await inParallel(gone.length, atATime, async (index) => {
    expectStatus(await scim.send('GET', `/Users/${gone[index]}`), 404);
  });
  for (const group of groups) {
    for (const id of gone) group.members.delete(id);
    await expectMembers(scim, group);
  }
}
