import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '../program.ts';
import { accessChanges, openSignInBesideChange } from './access-changes.ts';
import { keepBusy, type OthersLoad } from './busy-nodes.ts';
import { inForm, tell } from './figures.ts';
import { openTwoNodes, type TwoNodes } from './two-nodes.ts';

/** How often access is taken, and given, in each way. */
const ROUNDS = inForm(4, 500);
/** In each of so many rounds the other node stops hearing what PostgreSQL tells. */
const SILENT_EACH = inForm(3, 50);
/** So many requests begin as soon as a change is acknowledged. */
const REQUESTS = 4;
/** Clients at each node whose requests go on meanwhile. */
const OTHERS = inForm(2, 6);

let nodes: TwoNodes;
let others: OthersLoad;
beforeAll(async () => {
  await buildProgram();
  nodes = await openTwoNodes();
  others = await keepBusy(nodes, OTHERS);
}, 120_000);
afterAll(async () => {
  await others.stop();
  await nodes.close();
});

test.for(Object.entries(accessChanges))(
  '%s at one node: what begins afterwards at another is refused, and answered once it is given again',
  { timeout: inForm(60_000, 1_800_000) },
  async ([, open], context) => {
    const access = await open(nodes);
    const answeredBefore = others.answered;
    let [allowedAfterwards, refusedAfterwards] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      // From here on the far node knows it.
      expect(await access.isAllowed()).toBe(true);
      if (round % SILENT_EACH === SILENT_EACH - 1) nodes.silence();
      await access.revoke();
      const revoked = await Promise.all(Array.from({ length: REQUESTS }, access.isAllowed));
      allowedAfterwards += revoked.filter(Boolean).length;
      await access.grant();
      const granted = await Promise.all(Array.from({ length: REQUESTS }, access.isAllowed));
      refusedAfterwards += granted.filter((isAllowed) => !isAllowed).length;
    }
    tell(context, {
      'taken and given, times each': ROUNDS,
      'requests begun afterwards': 2 * ROUNDS * REQUESTS,
      'answered though it was taken': allowedAfterwards,
      'refused though it was given': refusedAfterwards,
      'requests of others meanwhile': others.answered - answeredBefore,
    });
    expect({ allowedAfterwards, refusedAfterwards }).toEqual({ allowedAfterwards: 0, refusedAfterwards: 0 });
  },
);

test('who signs in at one node while the default roles change at another has the new ones from then on', {
  timeout: inForm(60_000, 1_800_000),
}, async (context) => {
  const signInBesideChange = await openSignInBesideChange(nodes);
  let kept = 0;
  for (let round = 0; round < ROUNDS; round += 1) if (await signInBesideChange()) kept += 1;
  tell(context, { 'sign-ins beside a change': ROUNDS, 'that kept the default roles of before': kept });
  expect(kept).toBe(0);
});
