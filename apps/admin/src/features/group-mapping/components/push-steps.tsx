import { List, Text } from '@mantine/core';
import { type Provider, providerNames } from '@/components/connections/provider-names.ts';
import { Section } from '@/components/ui/section.tsx';
import { pushSteps } from '../push-steps.ts';

/** What to do in the identity provider so that a group arrives. */
export function PushSteps({ provider }: { provider: Provider }) {
  const name = provider === 'GENERIC' ? 'the identity provider' : providerNames[provider];
  return (
    <Section title={`Push a group from ${name}`}>
      <Text c="dimmed" mb={8}>
        A group has to be pushed once before it gives anything. From then on whoever joins or leaves it gets
        or loses its roles by themselves.
      </Text>
      <List type="ordered" size="sm" spacing={8} maw={720}>
        {pushSteps[provider].map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
    </Section>
  );
}
