'use client';
import { Alert, Button, Checkbox, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './recovery-codes.module.css';

/** Recovery codes on their only appearance; left only after saying that they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  return (
    <Stack gap="md">
      <Alert
        color="yellow"
        variant="light"
        icon={<IconEyeOff size={18} />}
        title="Your recovery codes, shown this once"
      >
        Each signs you in once, after your password, when you don’t have your second factor. Keep them where
        you keep what you can’t lose.
      </Alert>
      <Code block className={classes.codes} data-testid="recovery-codes">
        {text}
      </Code>
      <Group grow>
        <CopyButton value={text} timeout={4_000}>
          {({ copied, copy }) => (
            <Button
              size="sm"
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
              data-autofocus
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button
          size="sm"
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="rollcall-recovery-codes.txt"
          leftSection={<IconDownload size={16} />}
        >
          Save
        </Button>
      </Group>
      <Checkbox
        size="sm"
        label="I have kept the codes"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button size="sm" disabled={!kept} onClick={onDone}>
        Done
      </Button>
      {!kept && (
        <Text c="dimmed" size="xs" ta="center">
          They stay until you say that you have them.
        </Text>
      )}
    </Stack>
  );
}
