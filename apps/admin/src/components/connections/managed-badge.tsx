import { Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { StateBadge } from '@/components/ui/state-badge.tsx';

/** A lock with the name of the connection that alone changes what it stands at; nothing where there is none. */
export function ManagedBadge({ by }: { by: { name: string } | null | undefined }) {
  if (!by) return null;
  return (
    <Tooltip
      label={`${by.name} manages this with the strict profile: change it at the identity provider.`}
      multiline
      maw={280}
    >
      <span>
        <StateBadge look={{ color: 'gray', icon: IconLock, label: `Managed by ${by.name}` }} />
      </span>
    </Tooltip>
  );
}
