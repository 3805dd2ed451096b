'use client';
import {
  Alert,
  Anchor,
  Button,
  CloseButton,
  Code,
  Group,
  Stack,
  Table,
  Text,
  ThemeIcon,
} from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import type { SignInConnection } from '../api/sign-in-connections.ts';
import { type SignInTest, useSignInTest } from '../api/sign-in-test.ts';
import { checkWords, foundByWords } from '../test-words.ts';

/** Where a test begins: the browser goes to the provider from there. */
export const testPath = ({ id, protocol }: Pick<SignInConnection, 'id' | 'protocol'>) =>
  `/auth/${protocol === 'SAML' ? 'saml' : 'oidc'}/${id}/test`;

const looks = {
  passed: { color: 'teal', icon: IconCheck, word: 'Passed' },
  failed: { color: 'red', icon: IconX, word: 'Failed' },
  notReached: { color: 'gray', icon: IconMinus, word: 'Not come to' },
} as const;

function Check({
  check: { name, passed },
  problem,
}: {
  check: SignInTest['checks'][number];
  problem: string | null;
}) {
  const { color, icon: Glyph, word } = looks[passed === null ? 'notReached' : passed ? 'passed' : 'failed'];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" component="li">
      <ThemeIcon variant="light" color={color} size={20} radius="xl" aria-label={word}>
        <Glyph size={13} stroke={2.4} />
      </ThemeIcon>
      <div style={{ minWidth: 0 }}>
        <Text c={passed === null ? 'dimmed' : undefined}>{checkWords[name]}</Text>
        {passed === false && problem && (
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {problem}
          </Text>
        )}
      </div>
    </Group>
  );
}

/** What the groups that came would add. */
function AddedRoles({ ssoRoles }: Pick<SignInTest, 'ssoRoles'>) {
  const added = ssoRoles.filter(({ outcome }) => outcome === 'ADDED');
  if (added.length === 0) return null;
  return (
    <Text>
      By their groups they would also get{' '}
      {added.map(({ role, group }) => `${role.name} (${group})`).join(', ')}.
    </Text>
  );
}

/** Whom the sign-in would be, and with which roles. */
function Outcome({ test: { user, creates, foundBy, roles, ssoRoles, problem } }: { test: SignInTest }) {
  const names =
    roles.length === 0
      ? 'no role'
      : `the role${roles.length === 1 ? '' : 's'} ${roles.map(({ name }) => name).join(', ')}`;
  if (creates)
    return (
      <Stack gap={6}>
        <Text>
          Nobody has this address yet: <b>{creates}</b> would be created, with {names}.
        </Text>
        <AddedRoles ssoRoles={ssoRoles} />
      </Stack>
    );
  if (!user) return <Text>Nobody would be signed in.</Text>;
  return (
    <Stack gap={6}>
      <PersonLabel person={user} detail={user.userName} />
      <Text>
        {foundBy && foundByWords[foundBy]
          ? `${user.displayName ?? user.userName} ${foundByWords[foundBy]}.`
          : ''}{' '}
        {problem ? 'They would not be signed in.' : `They would come in with ${names}.`}
      </Text>
      {!problem && <AddedRoles ssoRoles={ssoRoles} />}
    </Stack>
  );
}

function Claims({ claims }: { claims: SignInTest['claims'] }) {
  if (claims.length === 0) return <Text c="dimmed">Nothing is shown of an answer that is not trusted.</Text>;
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Claim or attribute</Table.Th>
            <Table.Th>Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {claims.map(({ name, value }) => (
            <Table.Tr key={name}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Code>{name}</Code>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {value === null ? <Text c="dimmed">not shown</Text> : <Code>{value}</Code>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Result({ test, connection }: { test: SignInTest; connection: SignInConnection }) {
  const { change } = useUrlState();
  return (
    <Section
      title="Test"
      action={
        <Group gap="xs">
          <Text c="dimmed" size="xs">
            <TimeAgo at={test.createdAt} />
          </Text>
          <Button component="a" href={testPath(connection)} variant="default">
            Test again
          </Button>
          <CloseButton aria-label="Close the test" onClick={() => change({ test: null })} />
        </Group>
      }
    >
      <Stack gap="md">
        <Stack gap={8} component="ol" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {test.checks.map((check) => (
            <Check key={check.name} check={check} problem={test.problem} />
          ))}
        </Stack>
        <Outcome test={test} />
        {test.groupsProblem && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
            {test.groupsProblem}
          </Alert>
        )}
        <Claims claims={test.claims} />
        <Text c="dimmed" size="xs">
          Nobody was signed in, linked or created by it. Only you can see it, for a quarter of an hour.
        </Text>
      </Stack>
    </Section>
  );
}

/** What the test came to that the address names. */
export function TestResult({ connection }: { connection: SignInConnection }) {
  const { params, change } = useUrlState();
  const { test, error } = useSignInTest(params.get('test'));
  const refused = params.get('refused');
  if (refused)
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconX size={18} />}
        title="The test could not begin"
        role="alert"
      >
        {refused === 'FORBIDDEN' || refused === 'UNAUTHENTICATED'
          ? 'Your roles don’t allow to change how people sign in.'
          : `The server answered ${refused}. Try again in a minute.`}
      </Alert>
    );
  if (error) return <ErrorState error={error} />;
  if (test === null)
    return (
      <Text c="dimmed" role="status">
        That test is no longer kept.{' '}
        <Anchor component="button" type="button" size="sm" onClick={() => change({ test: null })}>
          Close
        </Anchor>
      </Text>
    );
  return test ? <Result test={test} connection={connection} /> : null;
}
