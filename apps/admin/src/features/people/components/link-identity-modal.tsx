'use client';
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useLinkIdentity, useSignInConnectionChoices } from '../api/linked-identities.ts';
import type { PersonDetails } from '../api/person.ts';

/** Says by hand whom a subject of an identity provider means. */
export function LinkIdentityModal({ person, onClose }: { person: PersonDetails; onClose(): void }) {
  const name = personName(person);
  const choices = useSignInConnectionChoices();
  const [link, { loading, error }] = useLinkIdentity();
  const refusal = refusalAt(error, ['signInConnectionId', 'subject']);
  const form = useForm({
    initialValues: { signInConnectionId: null as string | null, subject: '' },
    validate: {
      signInConnectionId: (value) => (value ? null : 'Choose where they sign in'),
      subject: (value) => (value.trim() ? null : 'Say how the provider calls them'),
    },
  });
  const submit = form.onSubmit(async ({ signInConnectionId, subject }) => {
    if (!signInConnectionId) return;
    const input = { userId: person.id, signInConnectionId, subject: subject.trim() };
    // The form shows a refusal through `error`.
    const result = await link({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${name} is linked to ${input.subject}` });
    onClose();
  });
  const field = (of: keyof typeof form.values) => {
    const props = form.getInputProps(of);
    return { ...props, error: props.error ?? refusal.at[of] };
  };
  return (
    <Modal opened onClose={onClose} title={`Link ${name} by hand`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <Select
            label="Sign-in connection"
            placeholder={choices?.length === 0 ? 'Create one under Sign-in first' : 'Choose'}
            data-autofocus
            data={choices?.map(({ id, name: label }) => ({ value: id, label })) ?? []}
            {...field('signInConnectionId')}
          />
          <TextInput
            label="Subject"
            description="How the provider calls them: the claim sub, or the NameID of SAML. A test of the connection shows it."
            {...field('subject')}
          />
          <Text c="dimmed">Whoever is this subject there signs in as {name} from then on.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
