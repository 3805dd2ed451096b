import { Button, Stack, Text, Title } from '@mantine/core';
import { IconBuilding, IconChevronRight } from '@tabler/icons-react';
import type { AccountChoice } from '../api/post-auth.ts';

interface AccountChoicesProps {
  accounts: readonly AccountChoice[];
  busy: boolean;
  onChoose: (accountId: string) => void;
  onBack: () => void;
}

/** Asks which account, when an e-mail address belongs to several. */
export function AccountChoices({ accounts, busy, onChoose, onBack }: AccountChoicesProps) {
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Choose an account</Title>
        <Text c="dimmed">You belong to more than one.</Text>
      </div>
      <Stack gap="xs">
        {accounts.map((account) => (
          <Button
            key={account.id}
            variant="default"
            size="md"
            justify="space-between"
            fullWidth
            disabled={busy}
            leftSection={<IconBuilding size={16} />}
            rightSection={<IconChevronRight size={16} />}
            onClick={() => onChoose(account.id)}
          >
            {account.name}
          </Button>
        ))}
      </Stack>
      <Button variant="subtle" color="gray" onClick={onBack}>
        Use another e-mail address
      </Button>
    </Stack>
  );
}
