import type { Metadata } from 'next';
import { RoleSourceGuide } from '@/features/role-source/components/role-source-guide.tsx';

export const metadata: Metadata = { title: 'Where roles come from' };

export default function RoleSourcePage() {
  return <RoleSourceGuide />;
}
