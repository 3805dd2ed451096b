'use client';
import { Alert, Button, Group, Select, Skeleton, Text } from '@mantine/core';
import { IconInfoCircle, IconLogin2, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SearchField } from '@/components/ui/search-field.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { type SsoConnection, type SsoGroup, useSsoGroups, useSsoMappingOptions } from '../api/sso-groups.ts';
import { SsoGroupTable } from './sso-group-table.tsx';
import { GroupsNotSent, NoGroupsClaim } from './sso-notices.tsx';
import { SsoRolesModal } from './sso-roles-modal.tsx';

const STEP = 100;

interface SsoGroupsProps {
  connection: SsoConnection;
  connections: readonly SsoConnection[];
  roles: readonly RoleChoice[];
}

function ConnectionSelect({ connection, connections }: Omit<SsoGroupsProps, 'roles'>) {
  const { change } = useUrlState();
  return (
    <Select
      aria-label="Sign-in connection"
      size="sm"
      w={260}
      maw="100%"
      data={connections.map(({ id, name }) => ({ value: id, label: name }))}
      value={connection.id}
      allowDeselect={false}
      onChange={(id) => change({ signIn: id, q: null })}
    />
  );
}

/** The groups of a sign-in connection: those that are mapped, then those that have arrived. */
function SsoGroups({ connection, connections, roles }: SsoGroupsProps) {
  const { params } = useUrlState();
  const search = params.get('q')?.trim() ?? '';
  const [first, setFirst] = useState(STEP);
  const [edited, setEdited] = useState<SsoGroup | 'new'>();
  const { groups, loading, stale, error, refetch } = useSsoGroups(connection.id, search, first);
  const more = (groups?.totalCount ?? 0) - (groups?.nodes.length ?? 0);
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <ConnectionSelect connection={connection} connections={connections} />
          <SearchField label="Search groups" />
        </Group>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
          Add a group
        </Button>
      </Group>
      {connection.groupsClaim === null && <NoGroupsClaim connection={connection} />}
      {groups && groups.withheldCount > 0 && (
        <GroupsNotSent connection={connection} count={groups.withheldCount} />
      )}
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {(groups || !error) && (
        <SsoGroupTable groups={groups?.nodes} stale={stale} narrowed={search !== ''} onEdit={setEdited} />
      )}
      {groups && more > 0 && (
        <Group gap="sm">
          <Text c="dimmed" className="numeric">
            {groups.nodes.length.toLocaleString('en')} of {groups.totalCount.toLocaleString('en')}
          </Text>
          {first < 500 && (
            <Button
              variant="default"
              size="xs"
              loading={loading}
              onClick={() => setFirst(Math.min(500, first + 200))}
            >
              Show more
            </Button>
          )}
          {first >= 500 && <Text c="dimmed">Search for the others.</Text>}
        </Group>
      )}
      {edited && (
        <SsoRolesModal
          connection={connection}
          group={edited === 'new' ? undefined : edited}
          roles={roles}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

function NoConnection() {
  return (
    <EmptyState icon={IconLogin2} title="Nobody signs in at an identity provider yet">
      With a sign-in connection people sign in at their identity provider, and the groups that it sends are
      listed here, each with the roles that it adds.
    </EmptyState>
  );
}

/** Which groups add which roles when somebody signs in with them, one sign-in connection at a time. */
export function SsoTab() {
  const { data, error, refetch } = useSsoMappingOptions();
  const { params } = useUrlState();
  const connections = data?.signInConnections.nodes ?? [];
  const connection = connections.find(({ id }) => id === params.get('signIn')) ?? connections[0];
  return (
    <>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {data?.account.roleSource === 'SCIM' && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconInfoCircle size={18} />}
          title="Sign-ins add no roles now"
        >
          The roles of this account come from SCIM alone. What is mapped here counts when that is{' '}
          <Link href="/group-mapping/role-source">switched back</Link>.
        </Alert>
      )}
      {data && !connection && <NoConnection />}
      {data && connection && (
        <SsoGroups
          key={connection.id}
          connection={connection}
          connections={connections}
          roles={data.roles.nodes}
        />
      )}
    </>
  );
}
