'use client';
import { Alert, Radio, Select, Stack, Switch, TagsInput, Text } from '@mantine/core';
import { IconWorldExclamation } from '@tabler/icons-react';
import { type LinkRule, useFormOptions } from '../api/sign-in-connections.ts';
import type { ConnectionForm } from '../connection-form.ts';
import { linkRules } from '../link-rules.ts';
import type { CommonWords } from '../words.ts';
import classes from './sign-in-settings.module.css';

function Rules({ value, onChange }: { value: LinkRule; onChange(value: LinkRule): void }) {
  return (
    <Radio.Group
      label="Whom a first sign-in finds"
      description="Afterwards the provider’s own id of the person counts, and nothing else."
      value={value}
      onChange={(chosen) => {
        const rule = linkRules.find((each) => each.value === chosen);
        if (rule) onChange(rule.value);
      }}
    >
      <Stack gap="xs" mt="xs">
        {linkRules.map(({ value: each, label, description }) => (
          <Radio.Card key={each} value={each} className={classes.rule} aria-label={label}>
            <Radio.Indicator size="xs" style={{ float: 'right' }} />
            <Text fw={500}>{label}</Text>
            <Text c="dimmed" size="xs" mt={2}>
              {description}
            </Text>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Who comes in: whom the first sign-in finds, and whether somebody new is created. */
export function LinkRuleField({ words, form }: { words: CommonWords; form: ConnectionForm }) {
  const { connections, domains, hasProvenDomain } = useFormOptions();
  const { linkRule } = form.values;
  return (
    <Stack gap="md">
      <Rules value={linkRule} onChange={(rule) => form.setFieldValue('linkRule', rule)} />
      {linkRule === words.linkRule && (
        <Text size="xs" c="dimmed">
          {words.linkHint}
        </Text>
      )}
      {linkRule === 'EXTERNAL_ID' && (
        <Select
          label="Whose external ids"
          description="The connection over which this provider sends its people."
          placeholder={connections.length === 0 ? 'Nothing is connected under Provisioning yet' : 'Choose'}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('connectionId')}
        />
      )}
      {linkRule === 'VERIFIED_EMAIL' && !hasProvenDomain && (
        <Alert color="yellow" variant="light" icon={<IconWorldExclamation size={18} />}>
          No domain is proven yet, so nobody is found. Add one under Domains.
        </Alert>
      )}
      <TagsInput
        label="Whose addresses lead here"
        description="On the sign-in page, and where people are found by their address: a provider of some of your people vouches for no others."
        placeholder={form.values.domains.length === 0 ? 'All proven domains' : undefined}
        data={domains}
        {...form.getInputProps('domains')}
      />
      {linkRule === 'VERIFIED_EMAIL' && (
        <Switch
          label="Create whoever isn’t there yet"
          description="Whoever has a verified address of a proven domain is created at their first sign-in, with the default roles."
          {...form.getInputProps('creates', { type: 'checkbox' })}
        />
      )}
    </Stack>
  );
}
