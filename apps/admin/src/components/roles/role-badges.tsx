import { Group } from '@mantine/core';
import { IconLock, IconSettings, IconShieldLock } from '@tabler/icons-react';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';

const builtInLook: StateLook = { color: 'gray', icon: IconLock, label: 'Built in' };
const defaultLook: StateLook = { color: 'blue', icon: IconSettings, label: 'Default' };
const exclusiveLook: StateLook = { color: 'gray', icon: IconShieldLock, label: 'Stands alone' };

interface RoleBadgesProps {
  role: { builtIn: boolean; exclusive: boolean };
  isDefault: boolean;
}

/** What is special about a role, as icon and word. */
export function RoleBadges({ role: { builtIn, exclusive }, isDefault }: RoleBadgesProps) {
  return (
    <Group gap={6}>
      {isDefault && <StateBadge look={defaultLook} />}
      {builtIn && <StateBadge look={builtInLook} />}
      {exclusive && <StateBadge look={exclusiveLook} />}
    </Group>
  );
}
