import type { Metadata } from 'next';
import { OrgStructure } from '@/features/org-structure/components/org-structure.tsx';

export const metadata: Metadata = { title: 'Org structure' };

export default function OrgStructurePage() {
  return <OrgStructure />;
}
