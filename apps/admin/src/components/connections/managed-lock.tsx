import { Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import Link from 'next/link';
import classes from './managed-lock.module.css';

interface ManagedLockProps {
  /** What alone changes the field, and where that is set up: among the connections where it does not say. */
  by: { readonly name: string; readonly href?: string } | null | undefined;
}

/** A small lock beside a field that is not changed here, with the way to what changes it; nothing where there is none. */
export function ManagedLock({ by }: ManagedLockProps) {
  if (!by) return null;
  const name = `Managed by ${by.name}`;
  return (
    <Tooltip label={name} events={{ hover: true, focus: true, touch: true }}>
      <Link href={by.href ?? '/provisioning'} aria-label={name} className={classes.lock}>
        <IconLock size={12} aria-hidden />
      </Link>
    </Tooltip>
  );
}
