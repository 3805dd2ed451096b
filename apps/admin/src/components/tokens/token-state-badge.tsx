'use client';
import {
  IconCircleCheck,
  IconClockExclamation,
  IconClockOff,
  IconKeyOff,
  IconRefresh,
} from '@tabler/icons-react';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { useNow } from '@/lib/time/use-now.ts';
import type { TokenSummary } from './token-fields.ts';

const active: StateLook = { color: 'teal', icon: IconCircleCheck, label: 'Active' };
const soon: StateLook = { color: 'yellow', icon: IconClockExclamation, label: 'Expires soon' };
const rotating: StateLook = { color: 'yellow', icon: IconRefresh, label: 'Rotating' };
const expired: StateLook = { color: 'gray', icon: IconClockOff, label: 'Expired' };
const revoked: StateLook = { color: 'gray', icon: IconKeyOff, label: 'Revoked' };

function lookOf(token: TokenSummary, now: number): StateLook {
  if (token.status === 'REVOKED') return revoked;
  if (token.status === 'EXPIRED') return expired;
  if (token.overlapEndsAt && Date.parse(token.overlapEndsAt) > now) return rotating;
  return token.expiresSoon ? soon : active;
}

/** A token's state; while an old secret still works beside the new one, it says so. */
export function TokenStateBadge({ token }: { token: TokenSummary }) {
  return <StateBadge look={lookOf(token, useNow())} />;
}
