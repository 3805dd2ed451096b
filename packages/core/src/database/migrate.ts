import { Migration, Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { functionNamed } from './function-named.ts';
import { CreateDirectory } from './migrations/0001-create-directory.ts';
import { NestTeams } from './migrations/0002-nest-teams.ts';
import { CreateCustomAttributes } from './migrations/0003-create-custom-attributes.ts';
import { OrderPeopleByName } from './migrations/0004-order-people-by-name.ts';
import { CreateOrgStructure } from './migrations/0005-create-org-structure.ts';
import { CreateOrgChart } from './migrations/0006-create-org-chart.ts';
import { MeetManagers } from './migrations/0007-meet-managers.ts';
import { SeeNewest } from './migrations/0009-see-newest.ts';
import { LimitPowers } from './migrations/0010-limit-powers.ts';
import { CreateInstallation } from './migrations/0012-create-installation.ts';
import { CountSignInAttempts } from './migrations/0013-count-sign-in-attempts.ts';
import { AnswerGroupPatches } from './migrations/0014-answer-group-patches.ts';
import { FoldText } from './migrations/0015-fold-text.ts';
import { BeginEpochs } from './migrations/0016-begin-epochs.ts';
import { SpareFeeds } from './migrations/0018-spare-feeds.ts';
import { FollowPeople } from './migrations/0019-follow-people.ts';
import { SendMails } from './migrations/0027-send-mails.ts';
import { ListSessions } from './migrations/0028-list-sessions.ts';
import { MapGroupsToRoles } from './migrations/0029-map-groups-to-roles.ts';
import { SignInByOpenIdConnect } from './migrations/0032-sign-in-by-openid-connect.ts';
import { TakeRolesFromProviders } from './migrations/0038-take-roles-from-providers.ts';
import { AskForSecondFactors } from './migrations/0041-ask-for-second-factors.ts';
import { PushGroupsAsRoles } from './migrations/0045-push-groups-as-roles.ts';
import { MapSignInGroupsToRoles } from './migrations/0047-map-sign-in-groups-to-roles.ts';
import { KeepRolesWithMemberships } from './migrations/0059-keep-roles-with-memberships.ts';
import { RecordRequests } from './migrations/0061-record-requests.ts';
import { UnsuitableDatabase } from './suitable-server.ts';

/** A migration of a few plain statements, which needs no file of its own. */
const plain = (...statements: readonly string[]) =>
  class extends Migration {
    override up(): void {
      for (const statement of statements) this.addSql(statement);
    }
  };

/** A migration that makes functions as their files have them now. */
const functions = (...names: readonly string[]) =>
  class extends Migration {
    override up(): void {
      for (const name of names) this.addSql(functionNamed(name));
    }
  };

/** In the order in which they run. A migration that has landed is never edited, but for functions: see `functionNamed`. */
export const migrations = [
  { name: '0001-create-directory', class: CreateDirectory },
  { name: '0002-nest-teams', class: NestTeams },
  { name: '0003-create-custom-attributes', class: CreateCustomAttributes },
  { name: '0004-order-people-by-name', class: OrderPeopleByName },
  { name: '0005-create-org-structure', class: CreateOrgStructure },
  { name: '0006-create-org-chart', class: CreateOrgChart },
  { name: '0007-meet-managers', class: MeetManagers },
  {
    // This made `org_guard`, which nothing calls any more: 0025 drops it.
    name: '0008-spare-turns',
    class: plain(),
  },
  { name: '0009-see-newest', class: SeeNewest },
  { name: '0010-limit-powers', class: LimitPowers },
  { name: '0012-create-installation', class: CreateInstallation },
  { name: '0013-count-sign-in-attempts', class: CountSignInAttempts },
  { name: '0014-answer-group-patches', class: AnswerGroupPatches },
  { name: '0015-fold-text', class: FoldText },
  { name: '0016-begin-epochs', class: BeginEpochs },
  {
    // Whoever leaves the directory leads nobody any more, so what they led is looked for.
    name: '0017-find-led-teams',
    class: plain('CREATE INDEX teams__led ON teams (account_id, lead_id) WHERE lead_id IS NOT NULL'),
  },
  { name: '0018-spare-feeds', class: SpareFeeds },
  { name: '0019-follow-people', class: FollowPeople },
  {
    // Who leaves the directory is told to leave teams before, also while a rebuild takes all teams away.
    name: '0020-tell-departures-in-order',
    class: functions('told_in_order', 'org_begin', 'hold_org_structure'),
  },
  {
    // Departures are one statement, also of one person with what follows.
    name: '0021-leave-in-one-statement',
    class: functions('hold_leaving', 'leave_directory', 'newest_users'),
  },
  {
    // The next one makes it anew with other columns, which OR REPLACE can't give it.
    name: '0022-drop-org-follow',
    class: plain('DROP FUNCTION org_follow'),
  },
  {
    // The first report and another name of a manager are followed up beside others.
    name: '0023-follow-managers',
    class: functions(
      'new_id',
      'org_sub_team_name',
      'org_rename_sub_team',
      'org_found_sub_team',
      'org_follow',
    ),
  },
  {
    // A person who changes finds room beside where they were, so that no other page is written for them.
    name: '0024-leave-room-for-changes',
    class: plain('ALTER TABLE users SET (fillfactor = 80)'),
  },
  {
    // The functions that hold a lock say so by their names. Only databases from before have the ones that are dropped.
    name: '0025-name-locks',
    class: class extends functions('hold_org_structure', 'hold_managers_lock') {
      override up(): void {
        super.up();
        this.addSql('DROP FUNCTION IF EXISTS org_turn, manager_turn, org_guard');
      }
    },
  },
  {
    // This made `effective_permissions`, which 0059 makes with what it reads by then.
    name: '0026-read-permissions-at-once',
    class: plain(),
  },
  { name: '0027-send-mails', class: SendMails },
  { name: '0028-list-sessions', class: ListSessions },
  {
    // Roles follow from who is in the groups of identity providers.
    name: '0029-map-groups-to-roles',
    class: MapGroupsToRoles,
  },
  {
    // Of very large groups the people are given and lose roles slice by slice.
    name: '0030-walk-through-groups',
    class: plain(`
      CREATE TABLE group_roles_jobs (
        account_id uuid NOT NULL CONSTRAINT group_roles_jobs__account REFERENCES accounts (id),
        id uuid NOT NULL,
        state text NOT NULL CONSTRAINT group_roles_jobs__state CHECK (state IN ('RUNNING', 'DONE', 'REPLACED')),
        team_id uuid NOT NULL,
        group_name text NOT NULL,
        ending_ids uuid[] NOT NULL,
        done integer NOT NULL DEFAULT 0,
        total integer NOT NULL,
        last_user_id uuid,
        actor_kind text NOT NULL,
        actor_id uuid,
        actor_name text NOT NULL,
        connection_id uuid,
        request_id text NOT NULL,
        started_at timestamptz(3) NOT NULL DEFAULT now(),
        finished_at timestamptz(3),
        CONSTRAINT group_roles_jobs__id PRIMARY KEY (account_id, id)
      );
      CREATE UNIQUE INDEX group_roles_jobs__running ON group_roles_jobs (account_id, team_id) WHERE state = 'RUNNING'`),
  },
  {
    // Admins are looked for only where a group gives `admin`, and people by their key, however many of them move.
    name: '0031-spare-looks-for-admins',
    class: functions('keep_group_roles'),
  },
  { name: '0032-sign-in-by-openid-connect', class: SignInByOpenIdConnect },
  {
    // Whoever comes back may be somebody else under the same name, so links end with the departure.
    name: '0033-forget-links-of-who-left',
    class: class extends functions('leave_directory') {
      override up(): void {
        super.up();
        this.addSql(`DELETE FROM identity_links i USING users u
          WHERE u.account_id = i.account_id AND u.id = i.user_id AND u.status = 'DEPROVISIONED'`);
      }
    },
  },
  {
    // Whoever waits for a group is held to what they may do by then, and a mapping that was taken back can count again.
    name: '0034-hold-to-what-is-allowed-now',
    class: class extends functions('hold_group_members') {
      override up(): void {
        super.up();
        this.addSql(
          'DROP FUNCTION IF EXISTS hold_group_members(uuid, uuid[], uuid[], boolean, text[], uuid, text[])',
        );
      }
    },
  },
  {
    // A sign-in connection goes without a look at all sign-ins that are open, and sessions that are over are found.
    name: '0035-find-what-is-over',
    class: plain(`
      CREATE INDEX sign_in_transactions__sign_in_connection ON sign_in_transactions (account_id, sign_in_connection_id);
      CREATE INDEX sessions__expires_at ON sessions (expires_at)`),
  },
  {
    // Providers end sessions by their own ids of them, with tokens that are good once.
    name: '0036-end-sessions-on-request',
    class: plain(`
      CREATE INDEX provider_sessions__sid ON provider_sessions (account_id, sign_in_connection_id, provider_sid);
      CREATE TABLE used_once (
        account_id uuid NOT NULL CONSTRAINT used_once__account REFERENCES accounts (id),
        digest text NOT NULL CONSTRAINT used_once__digest PRIMARY KEY,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX used_once__expires_at ON used_once (expires_at)`),
  },
  {
    // Whoever signs out can be signed out at the provider too.
    name: '0037-sign-out-at-providers',
    class: plain(`
      ALTER TABLE sign_in_connections ADD COLUMN sign_out_at_provider boolean NOT NULL DEFAULT false;
      ALTER TABLE provider_sessions ADD COLUMN sign_out_hint text`),
  },
  { name: '0038-take-roles-from-providers', class: TakeRolesFromProviders },
  {
    // People sign in by SAML 2.0 (docs/decisions/0025-sign-in-by-saml.md).
    name: '0039-sign-in-by-saml',
    class: plain(`
      ALTER TABLE sign_in_connections
        ALTER client_id DROP NOT NULL,
        ALTER client_secret DROP NOT NULL,
        ADD saml jsonb,
        ADD CONSTRAINT sign_in_connections__protocol CHECK (CASE protocol
          WHEN 'OIDC' THEN client_id IS NOT NULL AND client_secret IS NOT NULL AND saml IS NULL
          WHEN 'SAML' THEN client_id IS NULL AND client_secret IS NULL AND saml IS NOT NULL
          ELSE false END);
      CREATE TABLE saml_answers (
        account_id uuid NOT NULL,
        id uuid NOT NULL CONSTRAINT saml_answers__id PRIMARY KEY,
        sign_in_connection_id uuid NOT NULL,
        code_digest text NOT NULL CONSTRAINT saml_answers__code UNIQUE,
        sealed text NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT saml_answers__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
          REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE
      );
      CREATE INDEX saml_answers__sign_in_connection ON saml_answers (account_id, sign_in_connection_id);
      CREATE INDEX saml_answers__expires_at ON saml_answers (expires_at)`),
  },
  {
    // Providers end access by security events (OpenID Shared Signals).
    name: '0040-receive-signals',
    class: plain(`
      CREATE TABLE signal_streams (
        account_id uuid NOT NULL,
        sign_in_connection_id uuid NOT NULL,
        issuer text NOT NULL,
        audience text NOT NULL,
        delivery text NOT NULL,
        digest text,
        last_four text,
        previous_digest text,
        overlap_ends_at timestamptz(3),
        poll_url text,
        poll_credential text,
        next_poll_at timestamptz(3),
        failed_polls integer NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_received_at timestamptz(3),
        verified_at timestamptz(3),
        verification_state text,
        problem text,
        CONSTRAINT signal_streams__id PRIMARY KEY (account_id, sign_in_connection_id),
        CONSTRAINT signal_streams__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
          REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX signal_streams__by_id ON signal_streams (sign_in_connection_id);
      CREATE INDEX signal_streams__due ON signal_streams (next_poll_at) WHERE next_poll_at IS NOT NULL`),
  },
  { name: '0041-ask-for-second-factors', class: AskForSecondFactors },
  {
    // Links are taken back one by one, and the DNS is asked again for what once proved a domain.
    name: '0042-keep-domains-proven',
    class: plain(`
      ALTER TABLE identity_links ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
      CREATE UNIQUE INDEX identity_links__id ON identity_links (account_id, id);
      ALTER TABLE email_domains ADD COLUMN checked_at timestamptz(3), ADD COLUMN missing_since timestamptz(3),
        ADD COLUMN check_at timestamptz(3) NOT NULL DEFAULT now();
      CREATE INDEX email_domains__check_at ON email_domains (check_at) WHERE verified_at IS NOT NULL`),
  },
  {
    // Sign-in connections are tested without signing anybody in, and groups that no token has room for are fetched.
    name: '0043-test-sign-ins',
    class: plain(`
      ALTER TABLE sign_in_connections ADD COLUMN fetches_groups boolean NOT NULL DEFAULT false;
      CREATE TABLE sign_in_tests (
        account_id uuid NOT NULL,
        id uuid NOT NULL CONSTRAINT sign_in_tests__id PRIMARY KEY,
        sign_in_connection_id uuid NOT NULL,
        user_id uuid NOT NULL,
        sealed text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT sign_in_tests__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
          REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE,
        CONSTRAINT sign_in_tests__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
      );
      CREATE INDEX sign_in_tests__sign_in_connection ON sign_in_tests (account_id, sign_in_connection_id);
      CREATE INDEX sign_in_tests__expires_at ON sign_in_tests (expires_at)`),
  },
  {
    // What a connection manages can be changed by it alone.
    name: '0044-manage-strictly',
    class: plain('ALTER TABLE connections ADD COLUMN strict boolean NOT NULL DEFAULT false'),
  },
  { name: '0045-push-groups-as-roles', class: PushGroupsAsRoles },
  {
    // Programs have short-lived tokens by OAuth 2.0.
    name: '0046-give-tokens-to-clients',
    class: plain(`
      CREATE TABLE oauth_clients (
        account_id uuid NOT NULL,
        id uuid NOT NULL,
        connection_id uuid NOT NULL,
        name text NOT NULL,
        jwks text,
        jwks_uri text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT oauth_clients__id PRIMARY KEY (account_id, id),
        CONSTRAINT oauth_clients__keys CHECK ((jwks IS NULL) <> (jwks_uri IS NULL)),
        CONSTRAINT oauth_clients__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id)
      );
      CREATE UNIQUE INDEX oauth_clients__by_id ON oauth_clients (id);
      CREATE INDEX oauth_clients__of_connection ON oauth_clients (account_id, connection_id);
      ALTER TABLE tokens ADD COLUMN client_id uuid, ADD CONSTRAINT tokens__client
        FOREIGN KEY (account_id, client_id) REFERENCES oauth_clients (account_id, id) ON DELETE CASCADE;
      CREATE INDEX tokens__of_client ON tokens (account_id, client_id) WHERE client_id IS NOT NULL`),
  },
  {
    // Sign-ins add roles by the groups that they come with.
    name: '0047-map-sign-in-groups-to-roles',
    class: MapSignInGroupsToRoles,
  },
  {
    // Roles come from SCIM alone, where an account says so.
    name: '0048-choose-role-source',
    class: plain(`ALTER TABLE accounts ADD COLUMN role_source text NOT NULL DEFAULT 'SSO_AND_MANUAL'
      CONSTRAINT accounts__role_source CHECK (role_source IN ('SSO_AND_MANUAL', 'SCIM'))`),
  },
  {
    // Whose session or token expires while they wait for a group is refused like somebody whose was ended.
    name: '0049-hold-to-what-has-not-expired',
    class: functions('hold_group_members'),
  },
  {
    // Whoever may change tokens is written to before one expires.
    name: '0050-warn-of-expiring-tokens',
    class: plain(`ALTER TABLE accounts ADD COLUMN tokens_warned_at timestamptz(3);
      ALTER TABLE tokens ADD COLUMN warned_days int;
      CREATE INDEX tokens__expires_at ON tokens (expires_at)
        WHERE revoked_at IS NULL AND client_id IS NULL AND expires_at IS NOT NULL`),
  },
  {
    name: '0051-keep-when-links-are-used',
    class: plain('ALTER TABLE identity_links ADD COLUMN last_used_at timestamptz(3)'),
  },
  {
    // People choose how times are shown to them.
    name: '0052-choose-how-times-are-shown',
    class: plain(`CREATE TABLE time_settings (
        account_id uuid NOT NULL,
        user_id uuid NOT NULL,
        time_zone text,
        time_format text,
        CONSTRAINT time_settings__id PRIMARY KEY (account_id, user_id),
        CONSTRAINT time_settings__time_format
          CHECK (time_format IN ('ISO', 'DAY_MONTH_24H', 'DAY_MONTH_12H', 'MONTH_DAY_12H')),
        CONSTRAINT time_settings__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
      )`),
  },
  {
    // Roles follow from members with less work.
    name: '0053-follow-members-with-less-work',
    class: functions('hold_group_members', 'keep_group_roles'),
  },
  {
    // People who are signed in prove at their provider that it is they, as strongly as the account wants it.
    name: '0054-prove-at-provider',
    class: plain(
      `ALTER TABLE sign_in_connections ADD COLUMN step_up_acr_values text[] NOT NULL DEFAULT '{}'`,
    ),
  },
  {
    // A sign-in connection vouches for the domains that it names, or for all.
    name: '0055-vouch-for-domains',
    class: plain('ALTER TABLE sign_in_connections ADD COLUMN domains text[]'),
  },
  {
    // Our key pairs for SAML are renewed before their certificates end, which until now was ten years after they were made.
    name: '0056-renew-saml-key-pairs',
    class: plain(`ALTER TABLE sign_in_connections ADD COLUMN own_certificate_expires_at timestamptz(3),
        ADD COLUMN own_certificate_warned_days int;
      UPDATE sign_in_connections SET saml = saml || '{"otherKeyPair": null}',
        own_certificate_expires_at = date_trunc('day', created_at, 'UTC') + interval '10 years'
        WHERE saml IS NOT NULL;
      CREATE INDEX sign_in_connections__own_certificate_expires_at
        ON sign_in_connections (own_certificate_expires_at) WHERE own_certificate_expires_at IS NOT NULL`),
  },
  {
    // What a provider ends ends sign-ins as well that are under way from it.
    name: '0057-remember-what-providers-end',
    class: plain(`
      CREATE TABLE ended_at_provider (
        account_id uuid NOT NULL CONSTRAINT ended_at_provider__account REFERENCES accounts (id),
        digest text NOT NULL,
        ended_at timestamptz(3) NOT NULL,
        CONSTRAINT ended_at_provider__id PRIMARY KEY (account_id, digest)
      );
      CREATE INDEX ended_at_provider__ended_at ON ended_at_provider (ended_at)`),
  },
  {
    // The metadata of providers are read again once a day, those of all that there are not at one moment.
    name: '0058-refresh-saml-metadata',
    class: plain(`ALTER TABLE sign_in_connections ADD COLUMN metadata_checked_at timestamptz(3),
        ADD COLUMN metadata_check_at timestamptz(3), ADD COLUMN metadata_problem text;
      UPDATE sign_in_connections SET metadata_check_at = now() + random() * interval '1 day'
        WHERE saml->>'metadataUrl' IS NOT NULL;
      CREATE INDEX sign_in_connections__metadata_check_at ON sign_in_connections (metadata_check_at)
        WHERE metadata_check_at IS NOT NULL`),
  },
  {
    // Roles by a group are kept with the membership that gives them.
    name: '0059-keep-roles-with-memberships',
    class: KeepRolesWithMemberships,
  },
  {
    // An identity provider can be asked to come back later.
    name: '0060-pause-connections',
    class: plain('ALTER TABLE connections ADD COLUMN paused boolean NOT NULL DEFAULT false'),
  },
  {
    // What identity providers send is recorded, a partition for each day.
    name: '0061-record-requests',
    class: RecordRequests,
  },
  {
    // Who changes groups that give roles holds people, but does not wait for those who refer to them.
    name: '0062-hold-group-members-beside-references',
    class: functions('hold_group_members'),
  },
];

const latest = migrations.at(-1)?.name ?? '';

/** Whether the database has migrations that came after all of this process: a newer Rollcall has upgraded it. */
export const isUpgraded = `EXISTS (SELECT FROM migrations m WHERE m.name COLLATE "C" > '${latest}')`;

/** Any fixed number: the advisory lock that makes two starting processes migrate one after the other. */
const MIGRATION_LOCK = 7643_7644;

/**
 * Runs what is pending, in one transaction and one process at a time; however long it takes.
 *
 * @throws UnsuitableDatabase when a newer Rollcall has upgraded the database
 */
export async function migrate(orm: MikroORM): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    await em.execute('SET LOCAL statement_timeout = 0');
    await em.execute(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await new Migrator(orm.em).up({ transaction: em.getTransactionContext() });
    const [found] = await em.execute<{ is_upgraded: boolean }[]>(`SELECT ${isUpgraded} AS is_upgraded`);
    if (found?.is_upgraded) throw new UnsuitableDatabase(upgraded);
  });
}

const upgraded =
  'The database was upgraded by a newer Rollcall. Start that version; to go back to this one, restore a backup of before the upgrade (docs/guides/upgrade.md).';
