'use client';
import { Accordion, PasswordInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Preset } from '../api/sign-in-connections.ts';
import { type ConnectionForm, type ConnectionValues, maxAgeChoicesWith } from '../connection-form.ts';
import { presets } from '../presets.ts';
import { wordsOf } from '../words.ts';
import { IssuerField } from './issuer-field.tsx';

export interface FieldsProps {
  preset: Preset;
  form: ConnectionForm;
  /** What the server says of fields. */
  refusals: Partial<Record<keyof ConnectionValues, string>>;
}

/** A field with what the form or the server says of it. */
const fieldOf = ({ form, refusals }: FieldsProps, name: keyof ConnectionValues) => {
  const props = form.getInputProps(name);
  return { ...props, error: props.error ?? refusals[name] };
};

/** What people know it by. */
export function NameField(props: FieldsProps) {
  return (
    <TextInput
      label="Name"
      description="People see it on the sign-in page: “Sign in with …”."
      {...fieldOf(props, 'name')}
    />
  );
}

/** What the provider gave: who it is, and by which client it knows Rollcall. */
export function ProviderFields(props: FieldsProps & { withSecret: boolean }) {
  const { preset, form, withSecret } = props;
  const words = presets[preset];
  return (
    <Stack gap="md">
      <NameField {...props} />
      <IssuerField
        preset={preset}
        value={form.values.issuer}
        onChange={(issuer) => form.setFieldValue('issuer', issuer)}
        error={fieldOf(props, 'issuer').error}
      />
      <TextInput
        label={words.clientId}
        autoComplete="off"
        spellCheck={false}
        {...fieldOf(props, 'clientId')}
      />
      {withSecret && (
        <PasswordInput
          label={words.clientSecret}
          description="It is kept encrypted and never shown again."
          autoComplete="off"
          {...fieldOf(props, 'clientSecret')}
        />
      )}
    </Stack>
  );
}

/** What can be changed here of a provider of SAML, beside its certificates: the rest is in its metadata. */
export function SamlFields({ issuer, ...props }: FieldsProps & { issuer: string }) {
  return (
    <Stack gap="md">
      <NameField {...props} />
      <TextInput
        label="Entity ID of the provider"
        description="It comes from the provider’s metadata, as its addresses do. Change them over GraphQL."
        value={issuer}
        readOnly
      />
    </Stack>
  );
}

/** What is asked of the provider, and what of its answer is kept. */
export function AdvancedFields({ isSaml = false, ...props }: FieldsProps & { isSaml?: boolean }) {
  const { preset, form } = props;
  return (
    <Stack gap="md">
      <TextInput
        label={isSaml ? 'Groups attribute' : 'Groups claim'}
        placeholder="None is kept"
        description={wordsOf(preset, isSaml ? 'SAML' : 'OIDC').groups.hint}
        {...fieldOf(props, 'groupsClaim')}
      />
      {preset === 'ENTRA' && !isSaml && (
        <Switch
          label="Fetch groups that don’t fit into the token"
          description="From Microsoft Graph, by this client: API permissions → Microsoft Graph → Application permissions → GroupMember.Read.All, then “Grant admin consent”."
          {...form.getInputProps('fetchesGroups', { type: 'checkbox' })}
        />
      )}
      <Accordion variant="default" chevronPosition="left">
        <Accordion.Item value="more" style={{ borderBottom: 0 }}>
          <Accordion.Control px={0}>
            <Text>More settings</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              {!isSaml && (
                <TextInput
                  label="Scopes"
                  description="What is asked for, with spaces between; “openid” is among it."
                  {...fieldOf(props, 'scopes')}
                />
              )}
              <Select
                label="When they signed in at the provider"
                data={maxAgeChoicesWith(form.values.maxAge)}
                allowDeselect={false}
                {...fieldOf(props, 'maxAge')}
              />
              <TextInput
                label="Step-up at the provider"
                placeholder="Any way to sign in there counts"
                description="Before dangerous changes people can prove there that it is they. Name the authentication contexts one of which it has to use (acr, AuthnContextClassRef), with spaces between."
                {...fieldOf(props, 'stepUpAcrValues')}
              />
              <Switch
                label="Sign out at the provider too"
                description="Whoever signs out here goes on to the provider, which ends its own session as well."
                {...form.getInputProps('signOutAtProvider', { type: 'checkbox' })}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
