import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { openDatabase } from './database.ts';
import { functionNamed } from './function-named.ts';

const names = readdirSync(new URL('functions', import.meta.url))
  .map((file) => file.replace(/\.sql$/, ''))
  .sort();

/** The functions of the database, without those of extensions. */
async function definitionsIn(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    SELECT proname AS name, pg_get_functiondef(p.oid) AS definition FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`);
  return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
}

test('migrations make each function that has a file, and no other', async () => {
  const { url, drop } = await testDatabase();
  await (await openDatabase({ url })).close();
  await withClient(url, async (client) => {
    const migrated = await definitionsIn(client);
    expect(Object.keys(migrated)).toEqual(expect.arrayContaining(names));
    const made = names.flatMap((name) => [
      ...functionNamed(name).matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm),
    ]);
    expect(made.map(([, name]) => name).sort()).toEqual(Object.keys(migrated).sort());
    for (const name of names) await client.query(functionNamed(name));
    expect(await definitionsIn(client)).toEqual(migrated);
  });
  await drop();
});

/** What a function is, whatever is said of it. */
const digest = (name: string): string =>
  createHash('sha256')
    .update(functionNamed(name).replace(/^--.*\n/gm, ''))
    .digest('hex')
    .slice(0, 8);

test('a function that is not what it was here is named by a new migration, since existing databases have it as it was', () => {
  expect(Object.fromEntries(names.map((name) => [name, digest(name)]))).toEqual({
    make_group_roles: '6c743177',
    drop_group_roles: '8ea98d40',
    assigned_roles: 'a981d088',
    assigned_roles_lock: 'ea8cf275',
    begin_assigned_roles: '732a8de7',
    keep_assigned_roles: 'da17c63f',
    role_names_in: 'f08aaa9b',
    custom_attribute_keys: '1802fe28',
    custom_attributes_lock: '1ad2694a',
    drop_other_members: 'd44e5b6a',
    drop_other_teams: '0f5aaafe',
    effective_permissions: '93941a9c',
    end_access: '7b66eb42',
    first_permission_beyond: '73970ee3',
    hold_managers_lock: 'e4f8eee3',
    hold_org_structure: '9307403e',
    hold_leaving: 'fbac8a33',
    fold: '518da919',
    keep_custom_attribute_values: '06116b06',
    keeps_order: '02bb0479',
    leave_directory: '86abafa3',
    managers_lock: 'daefbcde',
    new_id: '80d7a840',
    newest_active_admins: '4adbda40',
    newest_external_id: '0b104c6f',
    newest_teams: '07801d32',
    newest_users: 'eafbd5a6',
    nobody_waits: 'bf5d6126',
    org_attribute: '1dcb06ee',
    org_begin: '78deb18d',
    org_follow: '27fe85cd',
    org_found_sub_team: 'b19b98c8',
    org_keeps_shape: '2c7de0ca',
    org_rename_sub_team: '0747086d',
    org_settings_lock: 'd27d9c2e',
    org_spelling: 'd800c600',
    org_sub_team_name: 'e2952562',
    org_takes_more: '62b104a2',
    running_writers: '29e0efc6',
    stays_within: '5194ae25',
    team_is_part_of: 'b2d445b7',
    group_names_lock: 'a148e378',
    hold_group_members: 'eb4c2a2e',
    keep_group_roles: 'ea32aabb',
    told_in_order: 'e23ace3b',
    tell_members_moved: '5bdb35b1',
    roles_of: 'd1646a72',
    holders_of: '924c57b3',
    group_roles_told: 'f71696ec',
    group_mappings: 'bb5e9035',
    follow_group_names: 'a9425e62',
  });
});
