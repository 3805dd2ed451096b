'use client';
import { SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Section } from '@/components/ui/section.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type Preset, useCreateSignInConnection } from '../api/sign-in-connections.ts';
import { commonInputOf, formFields, useConnectionForm } from '../connection-form.ts';
import { samlPresets } from '../saml-presets.ts';
import { wordsOf } from '../words.ts';
import { AdvancedFields, NameField } from './connection-fields.tsx';
import { CreateForm } from './create-form.tsx';
import { LinkRuleField } from './link-rule-field.tsx';

/** The provider's metadata: where they are, or as they are. */
interface Metadata {
  by: 'metadataUrl' | 'metadataXml';
  metadataUrl: string;
  metadataXml: string;
}

const ways = [
  { value: 'metadataUrl', label: 'From their address' },
  { value: 'metadataXml', label: 'Paste the file' },
];

interface MetadataFieldProps {
  value: Metadata;
  onChange: (value: Metadata) => void;
  hint: string;
  error: string | undefined;
}

function MetadataField({ value, onChange, hint, error }: MetadataFieldProps) {
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label="Where the metadata are"
        data={ways}
        value={value.by}
        onChange={(by) => onChange({ ...value, by: by === 'metadataXml' ? by : 'metadataUrl' })}
      />
      {value.by === 'metadataUrl' ? (
        <TextInput
          label="Metadata URL"
          description={`${hint} They are read now, and its certificates once a day.`}
          spellCheck={false}
          value={value.metadataUrl}
          error={error}
          onChange={(event) => onChange({ ...value, metadataUrl: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label="Metadata"
          description={hint}
          placeholder="<EntityDescriptor …"
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={value.metadataXml}
          error={error}
          onChange={(event) => onChange({ ...value, metadataXml: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}

/** The provider's metadata and who comes in, sent with the draft whose addresses were registered. */
export function NewSamlForm({ preset, draft }: { preset: Preset; draft: string }) {
  const [create, { loading, error }] = useCreateSignInConnection();
  const form = useConnectionForm(preset, undefined, 'SAML');
  const { by, hint } = samlPresets[preset].metadata;
  const [metadata, setMetadata] = useState<Metadata>({ by, metadataUrl: '', metadataXml: '' });
  const [isMissing, setMissing] = useState(false);
  const words = wordsOf(preset, 'SAML');
  const refusal = refusalAt(error, [...formFields, 'saml.metadataUrl', 'saml.metadataXml']);
  const given = metadata[metadata.by].trim();
  const submit = async () => {
    setMissing(given === '');
    if (form.validate().hasErrors || given === '') return undefined;
    const input = {
      ...commonInputOf(form.values),
      protocol: 'SAML' as const,
      preset,
      draft,
      saml: { [metadata.by]: given },
    };
    // The form shows a refusal through `error`.
    return (await create({ variables: { input } }).catch(() => undefined))?.data ?? undefined;
  };
  const fields = { preset, form, refusals: refusal.at };
  return (
    <CreateForm loading={loading} error={refusal.other} onSubmit={submit}>
      <Section title={`2. What ${words.label} gave you`}>
        <Stack gap="md">
          <NameField {...fields} />
          <MetadataField
            value={metadata}
            onChange={setMetadata}
            hint={hint}
            error={
              refusal.at[`saml.${metadata.by}`] ??
              (isMissing && given === '' ? 'Copy it from the provider' : undefined)
            }
          />
        </Stack>
      </Section>
      <Section title="3. Who comes in">
        <Stack gap="md">
          <LinkRuleField words={words} form={form} />
          <AdvancedFields {...fields} isSaml />
        </Stack>
      </Section>
    </CreateForm>
  );
}
