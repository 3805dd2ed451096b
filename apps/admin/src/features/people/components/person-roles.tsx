'use client';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { GrantChain } from '@/components/roles/grant-chain.tsx';
import type { EffectiveRole, Grant } from '@/components/roles/role-fields.ts';
import { useRoleSource } from '@/components/roles/role-source.ts';
import { Section } from '@/components/ui/section.tsx';
import type { PersonDetails } from '../api/person.ts';
import { GrantRoleModal } from './grant-role-modal.tsx';
import classes from './person-roles.module.css';
import { RevokeRoleModal } from './revoke-role-modal.tsx';

const keyOf = ({ source, mapping, signIn }: Grant): string =>
  [source, mapping?.id, signIn?.signInConnectionId, signIn?.group].join(' ');

interface RoleProps {
  effective: EffectiveRole;
  /** Left out where nobody takes roles by hand. */
  onTake?: () => void;
}

function Role({ effective: { role, because }, onTake }: RoleProps) {
  const byHand = because.some(({ source }) => source === 'MANUAL' || source === 'SSO_MAPPING');
  return (
    <li className={classes.role}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div>
          <Text component={Link} href={`/roles/${role.id}`} fw={600}>
            {role.name}
          </Text>
          {role.description && <Text c="dimmed">{role.description}</Text>}
        </div>
        {byHand && onTake && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={onTake}
            aria-label={`Take back ${role.name}`}
            style={{ flexShrink: 0 }}
          >
            Take back
          </Button>
        )}
      </Group>
      {because.map((grant) => (
        <GrantChain key={keyOf(grant)} grant={grant} />
      ))}
    </li>
  );
}

/** Which roles a person has, and why: every reason as a chain, with what would take the role away. */
export function PersonRoles({ person }: { person: PersonDetails }) {
  const { roles } = person;
  const fromScim = useRoleSource() === 'SCIM';
  const [giving, give] = useDisclosure(false);
  const [taken, setTaken] = useState<EffectiveRole>();
  return (
    <Section
      title="Roles"
      count={roles.length}
      action={
        fromScim ? (
          <Anchor component={Link} href="/group-mapping" size="sm">
            Come from SCIM alone
          </Anchor>
        ) : (
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={give.open}>
            Give a role
          </Button>
        )
      }
    >
      {roles.length === 0 && <Text c="dimmed">No role: this person can’t do anything here.</Text>}
      <Stack component="ul" gap="lg" className={classes.roles}>
        {roles.map((effective) => (
          <Role
            key={effective.role.id}
            effective={effective}
            onTake={fromScim ? undefined : () => setTaken(effective)}
          />
        ))}
      </Stack>
      {giving && <GrantRoleModal person={person} onClose={give.close} />}
      {taken && <RevokeRoleModal person={person} effective={taken} onClose={() => setTaken(undefined)} />}
    </Section>
  );
}
