import { IconAlertTriangle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import type { StateLook } from '@/components/ui/state-badge.tsx';
import type { SignInConnection } from '../api/sign-in-connections.ts';

/** How it looks that a sign-in connection lets people in, or does not. */
export const connectionLook = (enabled: boolean): StateLook =>
  enabled
    ? { color: 'teal', icon: IconCircleCheck, label: 'On' }
    : { color: 'gray', icon: IconCircleMinus, label: 'Switched off' };

const attention = (label: string): StateLook => ({ color: 'yellow', icon: IconAlertTriangle, label });

/** What somebody should look at in a sign-in connection by SAML before people are kept out. */
export const warningsOf = ({ saml }: SignInConnection): StateLook[] => [
  ...(saml?.ownCertificate.expiresSoon ? [attention('Our certificate ends')] : []),
  ...(saml?.metadataProblem ? [attention('Metadata not taken')] : []),
];
