import { expectEqual, expectStatus, valueAt, WrongAnswer } from '../workload/expect.ts';
import { buildColleague } from '../workload/person.ts';
import { toScim } from '../workload/scim-person.ts';
import { personAt } from '../workload/world.ts';
import type { Phase } from './phase.ts';

const OPERATIONS = 100;
const SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];

/** At most four times as many as were there before: what follows is measured with that many. */
export const bulkCreate: Phase = {
  name: 'bulk',
  title: 'bulk create of 100',
  atMost: ({ users, slices }) => Math.max(slices, Math.floor((users * 4) / OPERATIONS)),
  async step(world, index) {
    const people = Array.from({ length: OPERATIONS }, (_, position) => {
      const number = index * OPERATIONS + position;
      return buildColleague('b', number, personAt(world, number));
    });
    const Operations = people.map((person, position) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(position),
      data: toScim(person),
    }));
    const answer = await world.scim.send('POST', '/Bulk', { schemas: SCHEMAS, Operations });
    expectStatus(answer, 200);
    for (const [position, person] of people.entries()) {
      const result = valueAt(answer.body, 'Operations', position);
      expectEqual(answer, 'bulkId', String(position), valueAt(result, 'bulkId'));
      expectEqual(answer, 'status of an operation', '201', valueAt(result, 'status'));
      const location = valueAt(result, 'location');
      const id = /\/Users\/([^/]+)$/.exec(String(location))?.[1];
      if (id === undefined) throw new WrongAnswer(answer, 'location', `${world.scim.url}/Users/…`, location);
      person.id = id;
      world.present.set(id, person);
    }
  },
};
