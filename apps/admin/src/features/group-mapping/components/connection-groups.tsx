'use client';
import { Button, Group, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { providerNames } from '@/components/connections/provider-names.ts';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { PageTurner, pageVariables } from '@/components/ui/page-turner.tsx';
import { SearchField } from '@/components/ui/search-field.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { type MappingConnection, useMappings, usePushedGroups } from '../api/group-mapping.ts';
import { type MappedGroup, pushedGroups, waitingGroups } from '../mapped-groups.ts';
import { GroupRolesModal } from './group-roles-modal.tsx';
import { GroupTable } from './group-table.tsx';
import { JobProgress } from './job-progress.tsx';
import { PushSteps } from './push-steps.tsx';

interface ConnectionGroupsProps {
  connection: MappingConnection;
  connections: readonly MappingConnection[];
  roles: readonly RoleChoice[];
}

function ConnectionSelect({ connection, connections }: Omit<ConnectionGroupsProps, 'roles'>) {
  const { change } = useUrlState();
  return (
    <Select
      aria-label="Connection"
      size="sm"
      w={260}
      maw="100%"
      data={connections.map(({ id, name, provider }) => ({
        value: id,
        label: provider === 'GENERIC' ? name : `${name} · ${providerNames[provider]}`,
      }))}
      value={connection.id}
      allowDeselect={false}
      onChange={(id) => change({ connection: id, q: null, after: null, before: null })}
    />
  );
}

/** The groups of a connection: those that it has pushed, and before them those that it is to push. */
export function ConnectionGroups({ connection, connections, roles }: ConnectionGroupsProps) {
  const { params } = useUrlState();
  const search = params.get('q')?.trim() ?? '';
  const page = pageVariables(params);
  const pushed = usePushedGroups(connection.id, search, page);
  const { mappings, error, refetch } = useMappings(connection.id);
  const [edited, setEdited] = useState<MappedGroup | 'new'>();
  const firstPage = !params.has('after') && !params.has('before');
  const waiting = waitingGroups(mappings ?? [], search);
  const groups = pushed.groups && mappings && pushedGroups(pushed.groups.nodes, mappings);
  const failed = error ?? pushed.error;
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <ConnectionSelect connection={connection} connections={connections} />
          <SearchField label="Search groups by name" />
        </Group>
        <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
          Add a group by name
        </Button>
      </Group>
      <JobProgress />
      {failed && <ErrorState error={failed} onRetry={() => Promise.all([refetch(), pushed.refetch()])} />}
      {(groups || !failed) && (
        <GroupTable
          groups={groups && [...(firstPage ? waiting : []), ...groups]}
          stale={pushed.stale}
          narrowed={search !== ''}
          onEdit={setEdited}
        />
      )}
      {pushed.groups && pushed.groups.nodes.length > 0 && (
        <PageTurner
          pageInfo={pushed.groups.pageInfo}
          shown={pushed.groups.nodes.length}
          total={pushed.groups.totalCount}
        />
      )}
      {groups && (waiting.length > 0 || (groups.length === 0 && !search)) && (
        <PushSteps provider={connection.provider} />
      )}
      {edited && (
        <GroupRolesModal
          connection={connection}
          group={edited === 'new' ? undefined : edited}
          roles={roles}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
