import { expectEqual, expectPerson, expectStatus, idOf } from '../workload/expect.ts';
import { buildColleague, managerCount, type Person, type PersonChange } from '../workload/person.ts';
import { toScim, toScimPatch } from '../workload/scim-person.ts';
import { idOfPerson, personAt, scatteredPersonAt, type World } from '../workload/world.ts';
import type { Phase } from './phase.ts';

async function createPerson({ scim, present }: World, person: Person): Promise<void> {
  await person.manager?.arrival.promise;
  const answer = await scim.send('POST', '/Users', toScim(person));
  expectStatus(answer, 201);
  expectPerson(answer, answer.body, person);
  person.id = idOf(answer, answer.body);
  expectEqual(answer, 'Location', `${scim.url}/Users/${person.id}`, answer.location);
  present.set(person.id, person);
  person.arrival.resolve();
}

/** Reads one user. */
export async function getPerson({ scim }: World, person: Person): Promise<void> {
  const answer = await scim.send('GET', `/Users/${idOfPerson(person)}`);
  expectStatus(answer, 200);
  expectPerson(answer, answer.body, person);
}

/** Changes one user by PATCH. */
export async function patchPerson({ scim }: World, person: Person, change: PersonChange): Promise<void> {
  const answer = await scim.send('PATCH', `/Users/${idOfPerson(person)}`, toScimPatch(change));
  expectStatus(answer, 200, 204);
  Object.assign(person, change);
  if (answer.status === 200) expectPerson(answer, answer.body, person);
}

async function putPerson({ scim }: World, person: Person, change: PersonChange): Promise<void> {
  const path = `/Users/${idOfPerson(person)}`;
  const answer = await scim.send('PUT', path, { ...toScim({ ...person, ...change }), id: person.id });
  expectStatus(answer, 200);
  Object.assign(person, change);
  expectPerson(answer, answer.body, person);
}

async function deletePerson({ scim, present, gone }: World, person: Person): Promise<void> {
  const id = idOfPerson(person);
  expectStatus(await scim.send('DELETE', `/Users/${id}`), 204);
  present.delete(id);
  gone.push(id);
}

/** How somebody is called after the change of that number. */
export const renamed = ({ givenName, familyName }: Person, mark: string): PersonChange => ({
  displayName: `${givenName} ${familyName} ${mark}`,
  title: `Title ${mark}`,
});

/** What comes first to a server that has just begun and knows nobody: people who pass through. */
export const passing: Phase = {
  name: 'first',
  title: 'the first requests: create, GET, PATCH, DELETE',
  async step(world, index) {
    const passer = { ...buildColleague('p', index, personAt(world, 0)), manager: undefined };
    await createPerson(world, passer);
    await getPerson(world, passer);
    await patchPerson(world, passer, renamed(passer, 'passing'));
    await deletePerson(world, passer);
  },
};

export const create: Phase = {
  name: 'create',
  title: 'create',
  atMost: ({ users }) => users,
  whole: true,
  step: (world, index) => createPerson(world, personAt(world, index)),
};

export const get: Phase = {
  name: 'get',
  title: 'GET by id',
  step: (world, index) => getPerson(world, personAt(world, index)),
};

export const patch: Phase = {
  name: 'patch',
  title: 'PATCH of simple attributes',
  step(world, index) {
    const person = scatteredPersonAt(world, index);
    return patchPerson(world, person, renamed(person, `p${index}`));
  },
};

export const put: Phase = {
  name: 'put',
  title: 'PUT',
  step(world, index) {
    const person = scatteredPersonAt(world, index);
    return putPerson(world, person, renamed(person, `r${index}`));
  },
};

export const deactivate: Phase = {
  name: 'deactivate',
  title: 'deactivate',
  atMost: ({ users }) => users,
  step: (world, index) => patchPerson(world, scatteredPersonAt(world, index), { active: false }),
};

/** Only those to whom nobody reports, so that what managers leave behind is no part of it. */
export const remove: Phase = {
  name: 'delete',
  title: 'DELETE',
  atMost: ({ users }) => users - managerCount(users),
  step: (world, index, { users }) => deletePerson(world, personAt(world, managerCount(users) + index)),
};
