'use client';
import { Stack } from '@mantine/core';
import { Section } from '@/components/ui/section.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type Preset, useCreateSignInConnection } from '../api/sign-in-connections.ts';
import { formFields, inputOf, useConnectionForm } from '../connection-form.ts';
import { wordsOf } from '../words.ts';
import { AdvancedFields, ProviderFields } from './connection-fields.tsx';
import { CreateForm } from './create-form.tsx';
import { LinkRuleField } from './link-rule-field.tsx';

/** What the provider gave and who comes in, sent with the draft whose addresses were registered. */
export function NewOpenIdForm({ preset, draft }: { preset: Preset; draft: string }) {
  const [create, { loading, error }] = useCreateSignInConnection();
  const form = useConnectionForm(preset);
  const words = wordsOf(preset, 'OIDC');
  const refusal = refusalAt(error, formFields);
  const submit = async () => {
    if (form.validate().hasErrors) return undefined;
    const { values } = form;
    const input = { ...inputOf(preset, values), clientSecret: values.clientSecret.trim(), draft };
    // The form shows a refusal through `error`.
    return (await create({ variables: { input } }).catch(() => undefined))?.data ?? undefined;
  };
  const fields = { preset, form, refusals: refusal.at };
  return (
    <CreateForm loading={loading} error={refusal.other} onSubmit={submit}>
      <Section title={`2. What ${words.label} gave you`}>
        <ProviderFields {...fields} withSecret />
      </Section>
      <Section title="3. Who comes in">
        <Stack gap="md">
          <LinkRuleField words={words} form={form} />
          <AdvancedFields {...fields} />
        </Stack>
      </Section>
    </CreateForm>
  );
}
