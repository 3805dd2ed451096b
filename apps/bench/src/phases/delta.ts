import { addMembers, createGroup } from '../workload/group.ts';
import { idOfPerson, personAt } from '../workload/world.ts';
import { lookUp } from './lists.ts';
import { getPerson, patchPerson, renamed } from './people.ts';
import type { Phase } from './phase.ts';

const GROUPS = 50;

/**
 * A cycle in which little has changed: of ten requests five look somebody up, two read, two change and one adds a member.
 * Those who are read are others than those who are changed at that moment, so that each answer is known.
 */
export const delta: Phase = {
  name: 'delta',
  title: 'delta mix',
  async prepare({ scim, groups }) {
    while (groups.length < GROUPS) groups.push(await createGroup(scim, `Small ${groups.length}`));
  },
  async step(world, index) {
    const turn = index % 10;
    const reader = personAt(world, (index * 2 + 1) % evenCount(world.people.length));
    if (turn < 5) return lookUp(world, reader, 'userName');
    if (turn < 7) return getPerson(world, reader);
    if (turn < 9) {
      const person = personAt(world, (index * 2) % evenCount(world.people.length));
      return patchPerson(world, person, renamed(person, `d${index}`));
    }
    const group = world.groups[Math.floor(index / 10) % GROUPS];
    if (group) await addMembers(world.scim, group, [idOfPerson(reader)]);
  },
};

/** In a circle of an even number, the odd ones stay odd. */
const evenCount = (count: number): number => count - (count % 2);
