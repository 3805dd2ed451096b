'use client';
import { Anchor, Grid, SegmentedControl, Skeleton } from '@mantine/core';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { type Preset, useDraft } from '../api/sign-in-connections.ts';
import { presetFrom, presets } from '../presets.ts';
import { type Protocol, protocolFrom, protocolsOf, wordsOf } from '../words.ts';
import { NewOpenIdForm } from './new-openid-form.tsx';
import { NewSamlForm } from './new-saml-form.tsx';
import { PresetCards } from './preset-cards.tsx';
import { ProviderSteps } from './provider-steps.tsx';

function SetUp({ preset, protocol }: { preset: Preset; protocol: Protocol }) {
  const { draft, error } = useDraft(protocol);
  const { label, steps } = wordsOf(preset, protocol);
  if (error) return <ErrorState error={error} />;
  if (!draft) return <Skeleton height={420} radius="lg" />;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Section title={`1. In ${label}`}>
          <ProviderSteps steps={steps} protocol={protocol} addresses={draft} />
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        {protocol === 'SAML' ? (
          <NewSamlForm preset={preset} draft={draft.draft} />
        ) : (
          <NewOpenIdForm preset={preset} draft={draft.draft} />
        )}
      </Grid.Col>
    </Grid>
  );
}

const protocolNames: Record<Protocol, string> = { OIDC: 'OpenID Connect', SAML: 'SAML 2.0' };

/** By which protocol it is set up, where the provider has both. */
function ProtocolChoice({
  preset,
  value,
  onChange,
}: {
  preset: Preset;
  value: Protocol;
  onChange: (value: Protocol) => void;
}) {
  const protocols = protocolsOf(preset);
  if (protocols.length === 1) return null;
  return (
    <SegmentedControl
      w="max-content"
      aria-label="Protocol"
      data={protocols.map((each) => ({ value: each, label: protocolNames[each] }))}
      value={value}
      onChange={(chosen) => onChange(protocolFrom(preset, chosen))}
    />
  );
}

/** Sets up a sign-in connection, in the words of its provider; which one is in the URL. */
export function NewConnectionPage() {
  const { params, change } = useUrlState();
  const preset = presetFrom(params.get('preset'));
  const protocol = preset && protocolFrom(preset, params.get('protocol'));
  return (
    <Page
      title={preset ? `Sign in with ${presets[preset].label}` : 'Add a sign-in connection'}
      description={
        preset
          ? `Three steps. The addresses stay valid while this page is open${protocol === 'OIDC' ? '; the secret is kept encrypted' : ''}.`
          : 'Where do your people sign in?'
      }
      action={
        preset && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => change({ preset: null, protocol: null })}
          >
            Another provider
          </Anchor>
        )
      }
    >
      {preset && protocol ? (
        <>
          <ProtocolChoice
            preset={preset}
            value={protocol}
            onChange={(chosen) => change({ protocol: chosen === 'OIDC' ? null : chosen })}
          />
          <SetUp key={`${preset} ${protocol}`} preset={preset} protocol={protocol} />
        </>
      ) : (
        <PresetCards onChoose={(chosen) => change({ preset: chosen }, 'push')} />
      )}
    </Page>
  );
}
