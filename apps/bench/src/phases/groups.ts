import {
  addMembers,
  createGroup,
  deleteGroup,
  expectMembers,
  type Group,
  removeMember,
} from '../workload/group.ts';
import { idOfPerson, personAt, type World } from '../workload/world.ts';
import type { Phase, Size } from './phase.ts';

const BATCH = 1_000;

/** The groups that a phase works on, by contender. */
const atWork = new WeakMap<World, Group[]>();

function groupAt(world: World, index: number): Group {
  const group = atWork.get(world)?.[index];
  if (group === undefined) throw new Error('The groups of this phase were not made.');
  return group;
}

async function makeGroups(world: World, name: string, count: number): Promise<void> {
  const groups: Group[] = [];
  while (groups.length < count) {
    const group = await createGroup(world.scim, `${name} ${groups.length}`);
    await world.useGroup(group.id);
    groups.push(group);
  }
  atWork.set(world, groups);
}

/** Every member is read back before the groups go. */
async function checkAndDelete(world: World): Promise<void> {
  for (const group of atWork.get(world) ?? []) {
    await expectMembers(world.scim, group);
    await deleteGroup(world.scim, group);
  }
}

const batchSize = ({ users }: Size): number => Math.min(BATCH, users);
const batchCount = (size: Size): number => Math.floor(size.users / batchSize(size));

function addBatch(world: World, group: Group, batch: number, size: Size): Promise<void> {
  const from = batch * batchSize(size);
  const batchOfPeople = world.people.slice(from, from + batchSize(size));
  return addMembers(world.scim, group, batchOfPeople.map(idOfPerson));
}

async function fill(world: World, group: Group, size: Size): Promise<void> {
  for (let batch = 0; batch < batchCount(size); batch++) await addBatch(world, group, batch, size);
}

export const readWhole: Phase = {
  name: 'group',
  title: 'group with all users, read whole',
  async prepare(world, size) {
    await makeGroups(world, 'Everybody', 1);
    await fill(world, groupAt(world, 0), size);
  },
  step: (world) => expectMembers(world.scim, groupAt(world, 0)),
  conclude: checkAndDelete,
};

export const addOne: Phase = {
  name: 'add-member',
  title: 'add one member',
  atMost: ({ users }) => users,
  prepare: (world) => makeGroups(world, 'Growing', 1),
  step: (world, index) => addMembers(world.scim, groupAt(world, 0), [idOfPerson(personAt(world, index))]),
  conclude: checkAndDelete,
};

export const removeOne: Phase = {
  name: 'remove-member',
  title: 'remove one member',
  atMost: ({ users }) => users,
  async prepare(world, size) {
    await makeGroups(world, 'Shrinking', 1);
    await fill(world, groupAt(world, 0), size);
  },
  step: (world, index) => removeMember(world.scim, groupAt(world, 0), idOfPerson(personAt(world, index))),
  conclude: checkAndDelete,
};

/** Each turn fills as many groups as there are requests at a time, so that none waits for another's group. */
export const addThousand: Phase = {
  name: 'add-1000',
  title: '1,000 members a PATCH',
  atMost: (size) => size.slices * size.atATime * batchCount(size),
  prepare: (world, { slices, atATime }) => makeGroups(world, 'Batch', slices * atATime),
  step(world, index, size) {
    const round = Math.floor(index / size.atATime);
    const turn = Math.floor(round / batchCount(size));
    const group = groupAt(world, turn * size.atATime + (index % size.atATime));
    return addBatch(world, group, round % batchCount(size), size);
  },
  conclude: checkAndDelete,
};
