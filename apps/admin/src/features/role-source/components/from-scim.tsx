'use client';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useSetRoleSource } from '../api/role-source.ts';

function SwitchBack({ onClose }: { onClose(): void }) {
  return (
    <ConfirmModal
      question="Let roles come by hand again?"
      act="Switch back"
      color="primary"
      keep="Cancel"
      mutation={useSetRoleSource()}
      input={{ roleSource: 'SSO_AND_MANUAL' }}
      done="Roles come by hand and by sign-ins again"
      onClose={onClose}
    >
      <Text>
        Nothing is erased by it, and nothing comes back that was erased. Roles can be given by hand from then
        on, and sign-ins add those that their groups are mapped to.
      </Text>
    </ConfirmModal>
  );
}

/** Roles come from SCIM alone: what that means, and the way back. */
export function FromScim() {
  const [asking, ask] = useDisclosure(false);
  return (
    <Section
      title="Roles come from SCIM alone"
      action={
        <Button variant="default" onClick={ask.open}>
          Let roles come by hand again
        </Button>
      }
    >
      <Stack gap={8}>
        {[
          <>
            Groups that the identity provider pushes give roles, as{' '}
            <Link href="/group-mapping">they are mapped</Link>; who is in none has the default roles.
          </>,
          'Nobody gives or takes a role by hand.',
          'Sign-ins add none. Their mappings are kept.',
        ].map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are always these
          <Group key={place} gap={8} wrap="nowrap" align="flex-start">
            <IconCircleCheck
              size={16}
              color="var(--mantine-color-teal-6)"
              aria-hidden
              style={{ marginTop: 3, flexShrink: 0 }}
            />
            <Text>{line}</Text>
          </Group>
        ))}
      </Stack>
      {asking && <SwitchBack onClose={ask.close} />}
    </Section>
  );
}
