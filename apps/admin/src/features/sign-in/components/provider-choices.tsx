import { Button, Stack } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import type { SignInOption } from '../api/sign-in-options.ts';

interface ProviderChoicesProps {
  options: readonly SignInOption[];
  onChoose: (option: SignInOption) => void;
}

/** The identity providers at which somebody can sign in; the account is named where it would not be clear. */
export function ProviderChoices({ options, onChoose }: ProviderChoicesProps) {
  const isOfSeveral = new Set(options.map(({ accountName }) => accountName)).size > 1;
  return (
    <Stack gap="xs">
      {options.map((option) => (
        <Button
          key={option.id}
          variant="default"
          size="sm"
          fullWidth
          leftSection={<IconLogin2 size={16} />}
          onClick={() => onChoose(option)}
        >
          Sign in with {option.name}
          {isOfSeveral && ` (${option.accountName})`}
        </Button>
      ))}
    </Stack>
  );
}
