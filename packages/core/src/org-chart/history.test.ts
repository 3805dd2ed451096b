import { expect, test } from 'vitest';
import { type Random, randomFrom } from '../testing/random.ts';
import { useWorld } from '../testing/world.ts';
import { chartInTables } from './testing/chart-in-tables.ts';
import { compareCharts, readComparison } from './testing/compare-charts.ts';
import {
  caughtUp,
  changeSomething,
  changeWhatTeamsAreMadeFrom,
  setStage,
  wholeLog,
} from './testing/random-history.ts';
import { type ChartEvent, eventsUpTo, membersWhoAreGone, replayChart } from './testing/replay-chart.ts';
import { walkChart } from './testing/walk-chart.ts';

const world = useWorld();

const HISTORIES = Number(process.env.ROLLCALL_HISTORIES ?? 2);
const WRITERS = 6;
const CHANGES_EACH = 40;
const MOMENTS = 40;
const DIFFERENCES = 15;
const nothing = { people: {}, teams: {} };

/** Moments at which something happened, and moments around them. */
function randomMoment(events: readonly ChartEvent[], random: Random): string {
  const event = events[random.below(events.length)];
  const shift = random.pick([0, 0, -1, 1, random.below(40) - 20]);
  return new Date(Date.parse(event?.occurredAt ?? '') + shift).toISOString();
}

test.each(Array.from({ length: HISTORIES }, (_, n) => Date.now() + n))(
  'the chart at random moments of history %i is what its events up to then come to, and so is what lies between two',
  async (seed) => {
    const account = await world.account();
    const other = (await world.anotherCore()).actor(account.idp.token);
    const stage = await setStage(account);
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const random = randomFrom(seed + writer);
      for (let n = 0; n < CHANGES_EACH; n += 1) await changeSomething(account, stage, random);
    });
    // Those who look meanwhile cut the log into slices at any place.
    let isWriting = true;
    const readers = [account.admin, other].map(async (actor) => {
      while (isWriting) await actor.query('{ orgChart { personCount } }');
    });
    await Promise.all(writers);
    isWriting = false;
    await Promise.all(readers);
    await changeWhatTeamsAreMadeFrom(account, randomFrom(seed));
    await caughtUp(account);

    const events = await wholeLog(account);
    expect(membersWhoAreGone(events)).toEqual([]);
    expect(await walkChart(account.admin)).toEqual(replayChart(events));
    expect(await walkChart(account.admin)).toEqual(await chartInTables(world.databaseUrl, account.id));
    const random = randomFrom(seed);
    for (let n = 0; n < MOMENTS; n += 1) {
      const at = randomMoment(events, random);
      expect(await walkChart(account.admin, at), at).toEqual(replayChart(eventsUpTo(events, at)));
    }
    for (let n = 0; n < DIFFERENCES; n += 1) {
      const [from = '', to = ''] = [randomMoment(events, random), randomMoment(events, random)].sort();
      const charts = [from, to].map((at) => replayChart(eventsUpTo(events, at)));
      const expected = compareCharts(charts[0] ?? nothing, charts[1] ?? nothing);
      expect(await readComparison(account.admin, from, to), `${from} to ${to}`).toEqual(expected);
    }
    const from = randomMoment(events, random);
    expect(await readComparison(account.admin, from, null), `${from} to now`).toEqual(
      compareCharts(replayChart(eventsUpTo(events, from)), replayChart(events)),
    );
  },
  300_000,
);
