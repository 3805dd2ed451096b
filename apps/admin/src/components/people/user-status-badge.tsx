import { IconCircleCheck, IconCircleMinus, IconUserOff } from '@tabler/icons-react';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import type { Person } from '@/lib/live/entity-fragments.ts';

type UserStatus = Person['status'];

/** How each state of a person looks. */
const userStatusLooks: Record<UserStatus, StateLook> = {
  ACTIVE: { color: 'teal', icon: IconCircleCheck, label: 'Active' },
  INACTIVE: { color: 'gray', icon: IconCircleMinus, label: 'Inactive' },
  DEPROVISIONED: { color: 'gray', icon: IconUserOff, label: 'Deprovisioned' },
};

/** A person's state as icon and word. */
export function UserStatusBadge({ status }: { status: UserStatus }) {
  return <StateBadge look={userStatusLooks[status]} />;
}
