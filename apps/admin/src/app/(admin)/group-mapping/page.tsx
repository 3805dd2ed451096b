import type { Metadata } from 'next';
import { GroupMapping } from '@/features/group-mapping/components/group-mapping.tsx';

export const metadata: Metadata = { title: 'Group mapping' };

export default function GroupMappingPage() {
  return <GroupMapping />;
}
