'use client';
import { Anchor, List, Select, Text } from '@mantine/core';
import Link from 'next/link';
import { Section } from '@/components/ui/section.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { providerChoices, providerFrom, setUpSteps } from '../providers.ts';

/** What to do in the identity provider, step by step; which one is in the URL. */
export function SetUpSteps() {
  const { params, change } = useUrlState();
  const provider = providerFrom(params.get('provider') ?? 'ENTRA');
  return (
    <Section
      title="Set it up"
      action={
        <Select
          aria-label="Identity provider"
          size="xs"
          w={200}
          data={providerChoices}
          value={provider}
          allowDeselect={false}
          onChange={(value) => change({ provider: value })}
        />
      }
    >
      <List type="ordered" size="sm" spacing={8} maw={720}>
        {setUpSteps[provider].map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      <Text c="dimmed" mt="md">
        Tokens are issued under{' '}
        <Anchor component={Link} href="/tokens" size="sm">
          Tokens
        </Anchor>
        . What arrives shows up in the{' '}
        <Anchor component={Link} href="/activity" size="sm">
          activity
        </Anchor>{' '}
        as it happens.
      </Text>
    </Section>
  );
}
