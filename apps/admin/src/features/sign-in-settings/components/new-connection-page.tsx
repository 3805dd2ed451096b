'use client';
import { Anchor, Button, Grid, Group, Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useUrlState } from '@/lib/url-state.ts';
import { type Preset, useCreateSignInConnection, useDraft } from '../api/sign-in-connections.ts';
import { formFields, inputOf, useConnectionForm } from '../connection-form.ts';
import { presetFrom, presets } from '../presets.ts';
import { AdvancedFields, ProviderFields } from './connection-fields.tsx';
import { LinkRuleField } from './link-rule-field.tsx';
import { PresetCards } from './preset-cards.tsx';
import { ProviderSteps } from './provider-steps.tsx';

/** What the provider gave and who comes in, sent with the draft whose addresses were registered. */
function NewConnectionForm({ preset, draft }: { preset: Preset; draft: string }) {
  const router = useRouter();
  const [create, { loading, error }] = useCreateSignInConnection();
  const form = useConnectionForm(preset);
  const refusal = refusalAt(error, formFields);
  const submit = form.onSubmit(async (values) => {
    const input = { ...inputOf(preset, values), clientSecret: values.clientSecret.trim(), draft };
    // The form shows a refusal through `error`.
    const created = (await create({ variables: { input } }).catch(() => undefined))?.data;
    if (!created) return;
    const { id, name } = created.createSignInConnection.signInConnection;
    notifications.show({ message: `People can sign in with ${name}` });
    router.push(`/sign-in-settings/${id}`);
  });
  const fields = { preset, form, refusals: refusal.at };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
        <Section title={`2. What ${presets[preset].label} gave you`}>
          <ProviderFields {...fields} withSecret />
        </Section>
        <Section title="3. Who comes in">
          <Stack gap="md">
            <LinkRuleField preset={preset} form={form} />
            <AdvancedFields {...fields} />
          </Stack>
        </Section>
        <Group justify="flex-end">
          <Button variant="default" component={Link} href="/sign-in-settings">
            Cancel
          </Button>
          <Button type="submit" loading={loading}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SetUp({ preset }: { preset: Preset }) {
  const { draft, error } = useDraft();
  if (error) return <ErrorState error={error} />;
  if (!draft) return <Skeleton height={420} radius="lg" />;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Section title={`1. In ${presets[preset].label}`}>
          <ProviderSteps steps={presets[preset].steps} addresses={draft} />
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <NewConnectionForm preset={preset} draft={draft.draft} />
      </Grid.Col>
    </Grid>
  );
}

/** Sets up a sign-in connection, in the words of its provider; which one is in the URL. */
export function NewConnectionPage() {
  const { params, change } = useUrlState();
  const preset = presetFrom(params.get('preset'));
  return (
    <Page
      title={preset ? `Sign in with ${presets[preset].label}` : 'Add a sign-in connection'}
      description={
        preset
          ? 'Three steps. The addresses stay valid while this page is open; the secret is kept encrypted.'
          : 'Where do your people sign in?'
      }
      action={
        preset && (
          <Anchor component="button" type="button" size="sm" onClick={() => change({ preset: null })}>
            Another provider
          </Anchor>
        )
      }
    >
      {preset ? (
        <SetUp key={preset} preset={preset} />
      ) : (
        <PresetCards onChoose={(chosen) => change({ preset: chosen }, 'push')} />
      )}
    </Page>
  );
}
