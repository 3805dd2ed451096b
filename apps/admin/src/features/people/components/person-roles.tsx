import { Stack, Text } from '@mantine/core';
import { IconPlugConnected, IconSettings, IconShieldCheck, IconUser } from '@tabler/icons-react';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { PersonDetails } from '../api/person.ts';
import classes from './person-roles.module.css';

type Grant = PersonDetails['roles'][number]['because'][number];

const sourceLooks: Record<Grant['source'], StateLook> = {
  MANUAL: { color: 'blue', icon: IconUser, label: 'Given by hand' },
  DEFAULT: { color: 'gray', icon: IconSettings, label: 'Default' },
  SCIM_MAPPING: { color: 'iris', icon: IconPlugConnected, label: 'Group mapping' },
  SSO_MAPPING: { color: 'iris', icon: IconShieldCheck, label: 'Sign-in mapping' },
};

function Because({ grant }: { grant: Grant }) {
  return (
    <li className={classes.because}>
      <StateBadge look={sourceLooks[grant.source]} />
      <div>
        <Text>{grant.explanation}</Text>
        {grant.grantedAt && (
          <Text c="dimmed" size="xs">
            {grant.grantedBy && `by ${grant.grantedBy.name}, `}
            <TimeAgo at={grant.grantedAt} />
          </Text>
        )}
      </div>
    </li>
  );
}

/** Which roles a person has, and why: every grant with what would remove it. */
export function PersonRoles({ roles }: { roles: PersonDetails['roles'] }) {
  return (
    <Section title="Roles" count={roles.length}>
      {roles.length === 0 && <Text c="dimmed">No role: this person can’t do anything here.</Text>}
      <Stack gap="md">
        {roles.map(({ role, because }) => (
          <div key={role.id}>
            <Text fw={600}>{role.name}</Text>
            {role.description && <Text c="dimmed">{role.description}</Text>}
            <ul className={classes.reasons}>
              {because.map((grant) => (
                <Because key={`${grant.source} ${grant.explanation}`} grant={grant} />
              ))}
            </ul>
          </div>
        ))}
      </Stack>
    </Section>
  );
}
