'use client';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { RoleChoice } from '@/components/roles/role-fields.ts';
import { Glow } from '@/components/ui/glow.tsx';
import { Section } from '@/components/ui/section.tsx';
import { DefaultRolesModal } from './default-roles-modal.tsx';

interface DefaultRolesProps {
  roles: readonly RoleChoice[];
  defaults: readonly RoleChoice[];
}

/** Which roles people have who were granted none. */
export function DefaultRoles({ roles, defaults }: DefaultRolesProps) {
  const [changing, change] = useDisclosure(false);
  const names = defaults.map(({ name }) => name).join(', ');
  return (
    <Section
      title="Default roles"
      action={
        <Button variant="default" onClick={change.open}>
          Change the default roles
        </Button>
      }
    >
      <Text>
        Whoever was granted no role has{' '}
        <Glow value={names}>
          <b>{names || 'none'}</b>
        </Glow>
        . Any role that a person is granted takes the place of the default ones.
      </Text>
      <Text c="dimmed">
        view-only never combines with another role, so it is the only default role or none at all.
      </Text>
      {changing && <DefaultRolesModal roles={roles} defaults={defaults} onClose={change.close} />}
    </Section>
  );
}
