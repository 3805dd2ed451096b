'use client';
import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { Section } from '@/components/ui/section.tsx';
import type { Preview } from '../api/role-source.ts';
import { ConfirmSwitch } from './confirm-switch.tsx';
import { ErasedGrants } from './erased-grants.tsx';
import { ExportGrants } from './export-grants.tsx';
import { grantsOfPeople } from './in-words.ts';

interface SwitchToScimProps {
  preview: Preview;
  onMore(): Promise<unknown>;
  /** Somebody's roles have changed since the preview was read. */
  onStale(): void;
}

function NoAdminLeft() {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title="First have a group give the role admin"
    >
      All admins have their role by hand or by a sign-in, so nobody would be one afterwards. Have your
      identity provider push a group of the admins, and <Link href="/group-mapping">map it to admin</Link>.
    </Alert>
  );
}

function WhatILose({ lostPermissions }: Pick<Preview, 'lostPermissions'>) {
  if (lostPermissions.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title="You lose access yourself"
    >
      Afterwards you can no longer: {lostPermissions.map(({ title }) => title.toLowerCase()).join(', ')}.
    </Alert>
  );
}

/** The switch step by step: what is erased, a copy of it, what one loses oneself, and the number to type. */
export function SwitchToScim({ preview, onMore, onStale }: SwitchToScimProps) {
  const { grantCount, userCount, remainingAdminCount, grants } = preview;
  return (
    <Stack gap="md">
      <Section
        title="1. What would be erased for good"
        action={grantCount > 0 && <ExportGrants version={preview.version} total={grantCount} />}
      >
        <ErasedGrants
          summary={
            grantCount === 0
              ? 'Nothing: every role comes by SCIM or by default already.'
              : `${grantsOfPeople(grantCount, userCount)} by hand or by a sign-in. What groups of SCIM give stays, and who has nothing else has the default roles.`
          }
          grants={grants.nodes}
          hasMore={grants.pageInfo.hasNextPage}
          onMore={onMore}
        />
      </Section>
      <Section title="2. Switch to SCIM">
        <Stack gap="md">
          {remainingAdminCount === 0 ? (
            <NoAdminLeft />
          ) : (
            <WhatILose lostPermissions={preview.lostPermissions} />
          )}
          {remainingAdminCount > 0 && <ConfirmSwitch preview={preview} onStale={onStale} />}
        </Stack>
      </Section>
    </Stack>
  );
}
