import type { Metadata } from 'next';
import { RoleList } from '@/features/roles/components/role-list.tsx';

export const metadata: Metadata = { title: 'Roles' };

export default function RolesPage() {
  return <RoleList />;
}
