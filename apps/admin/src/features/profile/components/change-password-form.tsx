'use client';
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { toApiError } from '@/lib/graphql/api-error.ts';
import { useChangePassword } from '../api/profile.ts';

/** The field of the form that a refusal is about; the others are shown above it. */
function refusedField(message: string): 'currentPassword' | 'password' | undefined {
  const [, field] = /^(currentPassword|password): /.exec(message) ?? [];
  return field === 'currentPassword' || field === 'password' ? field : undefined;
}

const labels = { currentPassword: 'Your present password', password: 'The new password' };

/** Changes one's own password, for whoever knows the present one. */
export function ChangePasswordForm() {
  const [changePassword, { error, reset }] = useChangePassword();
  const form = useForm({
    initialValues: { currentPassword: '', password: '' },
    validate: {
      currentPassword: (value) => (value ? null : 'Enter your present password'),
      password: (value) =>
        [...value].length >= 12 ? null : 'Choose at least 12 characters, such as four words',
    },
  });
  const submit = async (input: typeof form.values) => {
    try {
      await changePassword({ variables: { input } });
      form.reset();
      notifications.show({ message: 'Your password is changed; your other sessions ended' });
    } catch (refusal) {
      const { message } = toApiError(refusal);
      const field = refusedField(message);
      if (field === undefined) return;
      reset();
      form.setFieldError(field, `${labels[field]}${message.slice(message.indexOf(':') + 1)}`);
    }
  };
  return (
    <Section title="Password">
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="md" maw={380}>
          {error && <ErrorState error={error} />}
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label="New password"
            description="12 characters or more; four words are good."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Text c="dimmed" size="xs">
            Your other sessions end with it.
          </Text>
          <Button type="submit" loading={form.submitting} style={{ alignSelf: 'flex-start' }}>
            Change the password
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
