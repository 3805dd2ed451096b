import { setTimeout as sleep } from 'node:timers/promises';
import { type LockKind, waitingStatements } from '@rollcall/testkit';
import type pg from 'pg';
import { expect, test } from 'vitest';
import {
  changeTeamMembers,
  deleteTeam,
  deprovisionUser,
  type InputMutation,
  newTeam,
  newUser,
  removeTeamMembers,
  run,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { wholeLog } from '../testing/races.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const takingOut: Record<string, [InputMutation, (teamId: string, userId: string) => object]> = {
  deleteTeam: [deleteTeam, (id) => ({ id })],
  removeTeamMembers: [removeTeamMembers, (teamId, userId) => ({ teamId, userIds: [userId] })],
  updateTeam: [updateTeam, (id, userId) => ({ id, removeMemberIds: [userId] })],
  changeTeamMembers: [changeTeamMembers, (id, userId) => ({ changes: [{ id, removeMemberIds: [userId] }] })],
};

/** Waits until somebody waits for a lock of this kind, or until `work` is over. */
async function untilWaiting(client: pg.Client, kind: LockKind, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  work.finally(() => {
    isOver = true;
  });
  while (!isOver && (await waitingStatements(client, kind)) === 0) await sleep(5);
}

test.each(Object.keys(takingOut))(
  'a departure that waits, while %s takes the same person out of a team, is told after it',
  async (name) => {
    const { admin, idp, id } = account;
    const [mutation, input] = takingOut[name] ?? [deleteTeam, () => ({})];
    // Who reports to somebody is held before them, by order of id: so the departure has its number before it waits.
    const report = await newUser(idp);
    const leaver = await newUser(idp);
    await run(idp, updateUser, { id: report.id, manager: leaver.id });
    const team = await newTeam(admin, { memberIds: [leaver.id] });
    await withClient(world.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM users WHERE id = $1 FOR KEY SHARE', [leaver.id]);
      const left = run(idp, deprovisionUser, { id: leaver.id });
      await untilWaiting(client, 'transactionid', left);
      const takenOut = run(admin, mutation, input(team.id, leaver.id));
      await untilWaiting(client, 'advisory', takenOut);
      await client.query('COMMIT');
      await Promise.all([left, takenOut]);
    });
    const told = (await wholeLog(world.databaseUrl, id)).flatMap(({ type, subject, related }) =>
      subject === leaver.id || related === leaver.id ? type : [],
    );
    expect(told.slice(told.indexOf('TEAM_MEMBER_ADDED'))).toEqual([
      'TEAM_MEMBER_ADDED',
      'TEAM_MEMBER_REMOVED',
      'USER_DEPROVISIONED',
    ]);
  },
);
