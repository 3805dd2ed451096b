'use client';
import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copyable-code.module.css';

interface CopyableCodeProps {
  value: string;
  /** What is copied, for people who don't see the icon. */
  label: string;
  block?: boolean;
  /** Show only how it begins; the whole is copied. */
  short?: boolean;
}

/** Something in mono with a button that copies it. */
export function CopyableCode({ value, label, block = false, short = false }: CopyableCodeProps) {
  return (
    <Group gap={4} wrap="nowrap" className={classes.root} data-block={block || undefined} align="flex-start">
      <Code className={classes.code} block={block}>
        {short ? `${value.slice(0, 8)}…` : value}
      </Code>
      <CopyButton value={value} timeout={1_500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy ${label}`}>
            <ActionIcon
              variant="subtle"
              color={copied ? 'teal' : 'gray'}
              size="sm"
              onClick={copy}
              aria-label={copied ? 'Copied' : `Copy ${label}`}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
