import { Text } from '@mantine/core';
import {
  IconArrowRampRight,
  IconClock,
  IconHandStop,
  IconHash,
  IconLogin2,
  IconPlugConnected,
  IconSettings,
  IconShieldMinus,
  IconTag,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react';
import Link from 'next/link';
import { providerNames } from '@/components/connections/provider-names.ts';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { Chain, type Step } from './chain.tsx';
import classes from './grant-chain.module.css';
import type { Grant } from './role-fields.ts';

type Mapping = NonNullable<Grant['mapping']>;

/** From the group to the connection that pushes it. */
export function mappingSteps({ group, connection, createdAt, createdBy }: Mapping): Step[] {
  const { team } = group;
  return [
    {
      caption: 'Group',
      icon: IconUsersGroup,
      value: team ? <Link href={`/teams/${team.id}`}>{group.name}</Link> : group.name,
    },
    {
      caption: 'Mapping',
      icon: IconArrowRampRight,
      value: <Link href={`/group-mapping?connection=${connection.id}`}>Mapped by {createdBy.name}</Link>,
      detail: <TimeAgo at={createdAt} />,
    },
    {
      caption: 'Connection',
      icon: IconPlugConnected,
      value: <Link href="/provisioning">{connection.name}</Link>,
      detail: providerNames[connection.provider],
    },
  ];
}

/** What an identity provider says of the person, and which. */
function saidSteps(said: NonNullable<Grant['said']>, connection: Grant['connection']): Step[] {
  const connected: Step[] =
    connection === null
      ? []
      : [
          {
            caption: 'Connection',
            icon: IconPlugConnected,
            value: <Link href="/provisioning">{connection.name}</Link>,
            detail: providerNames[connection.provider],
          },
        ];
  return [
    {
      caption: 'Role in the provider',
      icon: IconTag,
      value: said.value ?? said.display,
      detail: said.display === said.value ? undefined : said.display,
    },
    ...connected,
  ];
}

type SignIn = NonNullable<Grant['signIn']>;

/** What a grant by a sign-in says for good, also when the mapping or the sign-in connection is gone. */
const signInSteps = ({ group, signInConnectionId, signInConnectionName }: SignIn): Step[] => [
  { caption: 'Group', icon: IconUsersGroup, value: group },
  {
    caption: 'Sign-in',
    icon: IconLogin2,
    value: <Link href={`/group-mapping?tab=sso&signIn=${signInConnectionId}`}>{signInConnectionName}</Link>,
    detail: 'Sent when they signed in',
  },
];

/** What led to it before the request that gave it. */
function origin({ source, mapping, said, connection, signIn }: Grant): Step[] {
  if (mapping) return mappingSteps(mapping);
  if (said) return saidSteps(said, connection);
  if (signIn) return signInSteps(signIn);
  if (source === 'DEFAULT')
    return [
      { caption: 'Default', icon: IconSettings, value: 'Default role of the account' },
      { caption: 'Because', icon: IconUser, value: 'No role was granted' },
    ];
  return [{ caption: 'By hand', icon: IconHandStop, value: 'Given by hand' }];
}

function stepsOf(grant: Grant): Step[] {
  const { requestId, grantedAt, grantedBy } = grant;
  const steps = origin(grant);
  if (requestId)
    steps.push({
      caption: 'Request',
      icon: IconHash,
      value: <CopyableCode value={requestId} label="request id" short />,
    });
  if (grantedAt) steps.push({ caption: 'Since', icon: IconClock, value: <TimeAgo at={grantedAt} /> });
  if (grantedBy) steps.push({ caption: 'By', icon: IconUser, value: <Actor actor={grantedBy} /> });
  return steps;
}

function Actor({ actor: { kind, id, name } }: { actor: NonNullable<Grant['grantedBy']> }) {
  return kind === 'USER' && id ? <Link href={`/people/${id}`}>{name}</Link> : name;
}

/** One reason for a role as a chain, from where it begins to who did it; and what would take the role away. */
export function GrantChain({ grant }: { grant: Grant }) {
  return (
    <div>
      <Chain steps={stepsOf(grant)} />
      <Text className={classes.ends} component="div">
        <IconShieldMinus size={14} stroke={1.7} aria-hidden />
        <span>{grant.endsWhen}</span>
      </Text>
    </div>
  );
}
