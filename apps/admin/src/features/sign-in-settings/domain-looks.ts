import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconWorldX } from '@tabler/icons-react';
import type { StateLook } from '@/components/ui/state-badge.tsx';
import type { Domain } from './api/domains.ts';

/** How far a domain is proven. */
export const domainLooks: Record<Domain['status'], StateLook> = {
  PENDING: { color: 'yellow', icon: IconHourglass, label: 'Waiting for the TXT record' },
  PROVEN: { color: 'teal', icon: IconCircleCheck, label: 'Proven' },
  MISSING: { color: 'yellow', icon: IconAlertTriangle, label: 'TXT record missing' },
  LOST: { color: 'red', icon: IconWorldX, label: 'No longer proven' },
};
