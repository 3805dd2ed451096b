'use client';
import { Alert, Button, Checkbox, Code, CopyButton, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './secret-panel.module.css';

/** A secret on its only appearance: copied with one click, left only after saying that it is kept. */
export function SecretPanel({ secret, onDone }: { secret: string; onDone: () => void }) {
  const [kept, setKept] = useState(false);
  return (
    <Stack gap="md">
      <Alert
        color="yellow"
        variant="light"
        icon={<IconEyeOff size={18} />}
        title="This is the only time you see it"
      >
        Keep it where the machine that needs it reads it. Rollcall stores no copy that could be shown again.
      </Alert>
      <Code block className={classes.secret} data-testid="secret">
        {secret}
      </Code>
      <CopyButton value={secret} timeout={4_000}>
        {({ copied, copy }) => (
          <Button
            size="sm"
            variant={copied ? 'light' : 'filled'}
            color={copied ? 'teal' : undefined}
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
            data-autofocus
          >
            {copied ? 'Copied' : 'Copy the secret'}
          </Button>
        )}
      </CopyButton>
      <Checkbox
        size="sm"
        label="I have kept the secret"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button size="sm" variant="default" disabled={!kept} onClick={onDone}>
        Done
      </Button>
      {!kept && (
        <Text c="dimmed" size="xs" ta="center">
          The panel stays open until you say that you have it.
        </Text>
      )}
    </Stack>
  );
}
