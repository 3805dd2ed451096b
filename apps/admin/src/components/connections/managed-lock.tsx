import { Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import Link from 'next/link';
import classes from './managed-lock.module.css';

/** A small lock beside a field that a connection alone changes, and the way to the connections; nothing where there is none. */
export function ManagedLock({ by }: { by: { name: string } | null | undefined }) {
  if (!by) return null;
  const name = `Managed by ${by.name}`;
  return (
    <Tooltip label={name} events={{ hover: true, focus: true, touch: true }}>
      <Link href="/provisioning" aria-label={name} className={classes.lock}>
        <IconLock size={12} aria-hidden />
      </Link>
    </Tooltip>
  );
}
