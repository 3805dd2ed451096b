'use client';
import { Anchor, Button, Grid, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugConnectedX, IconTestPipe } from '@tabler/icons-react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import {
  type SignInConnection,
  useSignInConnection,
  useUpdateSignInConnection,
} from '../api/sign-in-connections.ts';
import { commonInputOf, formFields, inputOf, useConnectionForm } from '../connection-form.ts';
import { presets } from '../presets.ts';
import { wordsOf } from '../words.ts';
import { ConnectionActions } from './connection-actions.tsx';
import { AdvancedFields, ProviderFields, SamlFields } from './connection-fields.tsx';
import { connectionLook, warningsOf } from './connection-looks.ts';
import { LinkRuleField } from './link-rule-field.tsx';
import { LinkedPeople } from './linked-people.tsx';
import { OwnCertificates } from './own-certificates.tsx';
import { ProviderCertificates } from './provider-certificates.tsx';
import { SignalStream } from './signal-stream.tsx';
import { TestResult, testPath } from './test-result.tsx';

function Header({ connection }: { connection: SignInConnection }) {
  const { name, preset, protocol } = connection;
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <Title order={1}>{name}</Title>
        <StateBadge look={connectionLook(connection.enabled)} />
        {warningsOf(connection).map((look) => (
          <StateBadge key={look.label} look={look} />
        ))}
      </Group>
      <Text c="dimmed">
        {presets[preset].label} · {protocol === 'SAML' ? 'SAML 2.0' : 'OpenID Connect'}
      </Text>
    </Stack>
  );
}

/** The settings as they are, to be changed in place. */
function Settings({ connection }: { connection: SignInConnection }) {
  const { id, preset } = connection;
  const isSaml = connection.protocol === 'SAML';
  const [update, { loading, error }] = useUpdateSignInConnection();
  const form = useConnectionForm(preset, connection);
  const refusal = refusalAt(error, formFields);
  const openId = inputOf(preset, form.values);
  const isElsewhere = !isSaml && openId.issuer !== connection.issuer;
  const meansOthers = isElsewhere || (!isSaml && openId.clientId !== connection.clientId);
  const input = isSaml
    ? commonInputOf(form.values)
    : { ...openId, ...(isElsewhere && { clientSecret: form.values.clientSecret.trim() }) };
  const submit = form.onSubmit(async () => {
    // The form shows a refusal through `error`.
    const saved = await update({ variables: { input: { id, ...input } } }).catch(() => undefined);
    if (!saved?.data) return;
    form.resetDirty();
    notifications.show({ message: `${input.name} is saved` });
  });
  const fields = { preset, form, refusals: refusal.at };
  return (
    <form onSubmit={submit} noValidate>
      <Section title="Settings">
        <Stack gap="lg">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          {isSaml ? (
            <SamlFields {...fields} issuer={connection.issuer} />
          ) : (
            <ProviderFields {...fields} withSecret={isElsewhere} />
          )}
          <LinkRuleField words={wordsOf(preset, connection.protocol)} form={form} />
          <AdvancedFields {...fields} isSaml={isSaml} />
          {meansOthers && connection.linkCount > 0 && (
            <Text size="xs">
              With another issuer or client the provider calls people otherwise:{' '}
              <b>{connection.linkCount.toLocaleString('en')} links</b> are forgotten and the sessions that
              began here end.
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" disabled={!form.isDirty()} onClick={form.reset}>
              Undo
            </Button>
            <Button type="submit" disabled={!form.isDirty()} loading={loading}>
              Save
            </Button>
          </Group>
        </Stack>
      </Section>
    </form>
  );
}

function Address({ value, label, what }: { value: string; label: string; what: string }) {
  return (
    <div>
      <Text c="dimmed" mb={6}>
        {what}
      </Text>
      <CopyableCode value={value} label={label} block />
    </div>
  );
}

function Addresses({ connection }: { connection: SignInConnection }) {
  const { protocol, redirectUri, initiateLoginUri, entityId, backchannelLogoutUri } = connection;
  const isSaml = protocol === 'SAML';
  return (
    <Section title="Addresses for the provider">
      <Stack gap="md">
        {entityId && (
          <Address
            value={entityId}
            label="entity ID"
            what="Entity ID (audience); our metadata are to be read there."
          />
        )}
        {entityId && (
          <Anchor href={entityId} size="sm" target="_blank" rel="noreferrer">
            Open our metadata
          </Anchor>
        )}
        <Address
          value={redirectUri}
          label={isSaml ? 'ACS URL' : 'redirect URI'}
          what={
            isSaml ? 'ACS URL (reply URL): where people come back.' : 'Redirect URI: where people come back.'
          }
        />
        <Address
          value={initiateLoginUri}
          label="initiate login URI"
          what="Initiate login URI: for starting from the provider’s own pages."
        />
        {!isSaml && (
          <Address
            value={backchannelLogoutUri}
            label="back-channel logout URI"
            what="Back-channel logout URI: sessions end here as soon as they end there."
          />
        )}
        {!isSaml && connection.signOutAtProvider && (
          <Address
            value={connection.postLogoutRedirectUri}
            label="post logout redirect URI"
            what="Post logout redirect URI (sign-out redirect URI): where people come back who sign out."
          />
        )}
      </Stack>
    </Section>
  );
}

/** One sign-in connection: its settings, its addresses and who is linked by it. */
export function ConnectionPage({ id }: { id: string }) {
  const { connection, missing, loading, error, refetch } = useSignInConnection(id);
  return (
    <Page
      title={
        connection ? (
          <Header connection={connection} />
        ) : missing ? (
          'Sign-in connection'
        ) : (
          <Skeleton height={48} width={240} />
        )
      }
      action={
        connection && (
          <Group gap="xs" wrap="nowrap">
            <Button component="a" href={testPath(connection)} leftSection={<IconTestPipe size={14} />}>
              Test
            </Button>
            <ConnectionActions connection={connection} />
          </Group>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconPlugConnectedX} title="There is no such sign-in connection">
          It may have been deleted, or it belongs to another account. The activity keeps its history.
        </EmptyState>
      )}
      {connection && <TestResult connection={connection} />}
      {connection && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Settings key={connection.id} connection={connection} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack gap="md">
              <Addresses connection={connection} />
              {connection.saml && <OwnCertificates id={connection.id} saml={connection.saml} />}
              {connection.saml && <ProviderCertificates id={connection.id} saml={connection.saml} />}
              <SignalStream id={connection.id} issuer={connection.issuer} />
              <LinkedPeople id={connection.id} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
      {!connection && loading && <Skeleton height={320} radius="lg" />}
    </Page>
  );
}
