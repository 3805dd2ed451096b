import { Anchor, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { providerNames } from '@/components/connections/provider-names.ts';
import { Section } from '@/components/ui/section.tsx';
import type { AssignableByConnection } from '../api/role.ts';

/** The identity providers that may assign a role. */
export function RoleProviders({ connections }: { connections: readonly AssignableByConnection[] }) {
  return (
    <Section
      title="Providers that may assign it"
      count={connections.length}
      action={
        <Anchor component={Link} href="/provisioning" size="sm">
          Provisioning
        </Anchor>
      }
    >
      {connections.length === 0 && <Text c="dimmed">No identity provider gives it to people by itself.</Text>}
      <Stack gap={10}>
        {connections.map(({ id, name, provider }) => (
          <div key={id}>
            <Text fw={500}>{name}</Text>
            <Text c="dimmed" size="xs">
              {providerNames[provider]}
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  );
}
