'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { permissionFields } from '@/components/permissions/permission-fields.ts';
import { tokenSummary } from '@/components/tokens/token-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

export const profileQuery = graphql(
  `
  query Profile {
    viewer {
      kind
      user { __typename id displayName userName title department emails { value primary } }
      secondFactors {
        totp { lastUsedAt }
        passkeys { id name lastUsedAt }
        recoveryCodesLeft
      }
      permissions { ...PermissionFields }
      tokens { ...TokenSummary }
      timeSettings { timeZone timeFormat chosenTimeZone chosenTimeFormat }
      sessions { __typename id device address method createdAt lastUsedAt current }
    }
  }
`,
  [permissionFields, tokenSummary],
);

const updateTimeSettingsMutation = graphql(`
  mutation UpdateTimeSettings($input: UpdateTimeSettingsInput!) {
    updateTimeSettings(input: $input) { timeSettings { timeZone timeFormat } }
  }
`);

const endSessionsMutation = graphql(`
  mutation EndOwnSessions($input: EndSessionsInput!) {
    endSessions(input: $input) { endedSessionIds }
  }
`);

const changePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) { changed }
  }
`);

export type Profile = NonNullable<ResultOf<typeof profileQuery>['viewer']>;
export type OwnSession = Profile['sessions'][number];

/** Who is signed in, and where; read again when that changes anywhere. */
export function useProfile() {
  const { data, error, refetch } = useQuery(profileQuery, { fetchPolicy: 'cache-and-network' });
  const id = data?.viewer.user?.id;
  useLiveRefetch(refetch, ({ subject }) => subject.id === id || subject.type === 'TOKEN');
  return { profile: data?.viewer, error, refetch };
}

export const useUpdateTimeSettings = () =>
  useMutation(updateTimeSettingsMutation, { refetchQueries: ['FrameViewer', 'Profile'] });

export const useEndSessions = () => useMutation(endSessionsMutation, { refetchQueries: ['Profile'] });

// Passwords must not stay in memory.
export const useChangePassword = () =>
  useMutation(changePasswordMutation, { fetchPolicy: 'no-cache', refetchQueries: ['Profile'] });
