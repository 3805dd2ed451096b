import { IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import type { StateLook } from '@/components/ui/state-badge.tsx';

/** How it looks that a sign-in connection lets people in, or does not. */
export const connectionLook = (enabled: boolean): StateLook =>
  enabled
    ? { color: 'teal', icon: IconCircleCheck, label: 'On' }
    : { color: 'gray', icon: IconCircleMinus, label: 'Switched off' };
