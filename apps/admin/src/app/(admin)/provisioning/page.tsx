import type { Metadata } from 'next';
import { ProvisioningOverview } from '@/features/provisioning/components/provisioning-overview.tsx';

export const metadata: Metadata = { title: 'Provisioning' };

export default function ProvisioningPage() {
  return <ProvisioningOverview />;
}
