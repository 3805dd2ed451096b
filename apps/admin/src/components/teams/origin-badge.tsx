import { IconHierarchy2, IconPencil, IconPlugConnected } from '@tabler/icons-react';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import type { TeamSummary } from '@/lib/live/entity-fragments.ts';

/** Where a team comes from, in words. */
const originLooks: Record<TeamSummary['origin'], StateLook> = {
  DIRECTORY: { color: 'blue', icon: IconPlugConnected, label: 'Directory' },
  ORG_STRUCTURE: { color: 'iris', icon: IconHierarchy2, label: 'Org structure' },
  MANUAL: { color: 'gray', icon: IconPencil, label: 'By hand' },
};

/** Where a team comes from: pushed by an identity provider, derived, or made by hand. */
export function OriginBadge({ origin }: { origin: TeamSummary['origin'] }) {
  return <StateBadge look={originLooks[origin]} />;
}
