'use client';
import { Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import Link from 'next/link';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { type Profile, useProfile } from '../api/profile.ts';
import { ChangePasswordForm } from './change-password-form.tsx';
import { OwnTokens } from './own-tokens.tsx';
import { SecondFactorList } from './second-factor-list.tsx';
import { SessionList } from './session-list.tsx';
import { TimeSettingsForm } from './time-settings-form.tsx';

function Header({ user }: { user: NonNullable<Profile['user']> }) {
  const name = personName(user);
  return (
    <Group gap="md" wrap="nowrap">
      <PersonAvatar id={user.id} name={name} size={52} />
      <Stack gap={2} miw={0}>
        <Title order={1}>{name}</Title>
        <Text c="dimmed">You sign in as {user.userName}</Text>
      </Stack>
    </Group>
  );
}

/** Whoever is signed in: where, with what, and by which password. */
export function ProfilePage() {
  const { profile, error, refetch } = useProfile();
  const user = profile?.user;
  return (
    <Page
      title={user ? <Header user={user} /> : <Skeleton height={52} width={280} />}
      action={
        user && (
          <Anchor component={Link} href={`/people/${user.id}`} size="sm" style={{ whiteSpace: 'nowrap' }}>
            In the directory
          </Anchor>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {profile ? (
        <>
          <SessionList sessions={profile.sessions} />
          {profile.secondFactors && <SecondFactorList secondFactors={profile.secondFactors} />}
          <ChangePasswordForm />
          <OwnTokens tokens={profile.tokens} permissions={profile.permissions} />
          {profile.timeSettings && <TimeSettingsForm settings={profile.timeSettings} />}
        </>
      ) : (
        !error && <Skeleton height={240} radius="lg" />
      )}
    </Page>
  );
}
