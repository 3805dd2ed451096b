'use client';
import { Button, Center, Skeleton, Text } from '@mantine/core';
import { PersonLabel } from '@/components/people/person-label.tsx';
import type { Grant } from '@/components/roles/role-fields.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type RoleHolder, useRoleHolders } from '../api/role.ts';
import classes from './role-page.module.css';

/** A reason in a line; the person's page draws it as a chain. */
function reasonOf({ mapping, connection, source }: Grant): string {
  if (mapping) return `In the group ${mapping.group.name}`;
  if (connection) return `Assigned in ${connection.name}`;
  return source === 'MANUAL' ? 'By hand' : 'By a group at sign-in';
}

function Reason({ grant }: { grant: Grant }) {
  const { grantedAt, grantedBy } = grant;
  return (
    <Text c="dimmed" className={classes.reason}>
      {reasonOf(grant)}
      {grantedBy && ` · by ${grantedBy.name}`} · <TimeAgo at={grantedAt} />
    </Text>
  );
}

function Holder({ person, roleId }: { person: RoleHolder; roleId: string }) {
  const because = person.roles.find(({ role }) => role.id === roleId)?.because;
  return (
    <li className={classes.holder}>
      <PersonLabel person={person} detail={person.title ?? person.userName} />
      <div className={classes.reasons}>
        {because?.map((grant) => <Reason key={`${grant.source} ${grant.mapping?.id}`} grant={grant} />) ?? (
          <Text c="dimmed">Doesn’t count beside their other role</Text>
        )}
      </div>
    </li>
  );
}

interface RoleHoldersProps {
  roleId: string;
  total: number;
  isDefault: boolean;
}

/** Who was granted the role and why, a page at a time. */
export function RoleHolders({ roleId, total, isDefault }: RoleHoldersProps) {
  const { holders, loading, error, refetch, loadMore } = useRoleHolders(roleId);
  return (
    <Section title="People" count={total}>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!holders && loading && <Skeleton height={200} />}
      {isDefault && (
        <Text c="dimmed" mb="sm">
          It is a default role: whoever was granted no role has it too, and is not listed here.
        </Text>
      )}
      {holders?.nodes.length === 0 && (
        <Text c="dimmed">No one was granted it. Give it on a person’s page, or map a group to it.</Text>
      )}
      {holders && holders.nodes.length > 0 && (
        <ul className={classes.holders}>
          {holders.nodes.map((person) => (
            <Holder key={person.id} person={person} roleId={roleId} />
          ))}
        </ul>
      )}
      {holders?.pageInfo.hasNextPage && (
        <Center mt="md">
          <Button variant="subtle" color="gray" loading={loading} onClick={loadMore}>
            More people
          </Button>
        </Center>
      )}
    </Section>
  );
}
