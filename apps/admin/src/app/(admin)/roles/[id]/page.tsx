import type { Metadata } from 'next';
import { RolePage } from '@/features/roles/components/role-page.tsx';

export const metadata: Metadata = { title: 'Role' };

export default async function RoleRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <RolePage id={id} />;
}
