import { expect, test } from 'vitest';
import { createUser, deprovisionUser, newUser, run, updateUser } from '../testing/directory.ts';
import { type FollowedEvent, type FollowedMessage, nextOf, orgChartChanges } from '../testing/feed.ts';
import { randomFrom } from '../testing/random.ts';
import { useWorld } from '../testing/world.ts';
import { caughtUp, wholeLog } from './testing/random-history.ts';
import { replayChart } from './testing/replay-chart.ts';

const world = useWorld();

const WRITERS = 4;
const CHANGES_EACH = 40;
const PEOPLE = 6;

interface ChartRead {
  readonly cursor: string;
  readonly people: { readonly nodes: readonly { readonly id: string; readonly title: string | null }[] };
}

const titles = (people: readonly { readonly id: string; readonly title: string | null }[]) =>
  JSON.stringify(people.map(({ id, title }) => [id, title]).sort());

test('whoever reads the chart and follows from its cursor misses nothing while others write', async () => {
  const account = await world.account();
  const { admin, idp } = account;
  const other = (await world.anotherCore()).actor(idp.token);
  const userNames = Array.from({ length: PEOPLE }, (_, n) => `person-${n}@example.com`);
  const ids: string[] = [];
  for (const userName of userNames) ids.push((await newUser(idp, { userName })).id);

  const write = async (writer: number) => {
    const random = randomFrom(Date.now() + writer);
    for (let n = 0; n < CHANGES_EACH; n += 1) {
      const at = random.below(PEOPLE);
      const title = `${writer}-${n}`;
      if (random.below(6) === 0) await idp.ask(deprovisionUser.document, { input: { id: ids[at] } });
      else if (random.below(4) === 0)
        await idp.ask(createUser.document, { input: { userName: userNames[at], title } });
      else await idp.ask(updateUser.document, { input: { id: ids[at], title } });
    }
  };
  let isWriting = true;
  const reads: ChartRead[] = [];
  const readers = [admin, other].map(async (actor) => {
    while (isWriting) {
      const { orgChart } = await actor.query<{ orgChart: ChartRead }>(
        '{ orgChart { cursor people(first: 500) { nodes { id title } } } }',
      );
      reads.push(orgChart);
    }
  });
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  isWriting = false;
  await Promise.all(readers);
  await caughtUp(account);

  const log = await wholeLog(account);
  const states = log.map((_, index) => {
    const { people } = replayChart(log.slice(0, index + 1));
    return titles(Object.entries(people).map(([id, { title }]) => ({ id, title })));
  });
  expect(reads.length).toBeGreaterThan(5);
  for (const { cursor, people } of reads) {
    const place = log.findIndex((event) => event.cursor === cursor);
    // It may show a little more than its cursor says, as others bring it up to date meanwhile; never less.
    expect(states.slice(place)).toContain(titles(people.nodes));
  }
  for (const { cursor } of reads.filter((_, n) => n % 10 === 0)) {
    const expected = log
      .slice(log.findIndex((event) => event.cursor === cursor) + 1)
      .filter(({ type }) => /^(USER|TEAM)_/.test(type))
      .map(({ id }) => id);
    const told: FollowedEvent[] = [];
    const messages = await admin.follow<{ feed: FollowedMessage }>(orgChartChanges, { after: cursor });
    while (told.length < expected.length) {
      const { event } = (await nextOf(messages)).feed;
      if (event !== null) told.push(event);
    }
    await messages.return();
    expect(told.map(({ id }) => id)).toEqual(expected);
  }
}, 120_000);

test('the chart has what could be read before it was asked for', async () => {
  const account = await world.account();
  const { id } = await newUser(account.idp, { title: 'one' });
  await run(account.idp, updateUser, { id, title: 'two' });
  await caughtUp(account);
  expect(
    await account.admin.query('query ($id: ID!) { orgChart { person(id: $id) { title } } }', { id }),
  ).toEqual({ orgChart: { person: { title: 'two' } } });
});
