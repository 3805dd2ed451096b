import type { Metadata } from 'next';
import { MappingPage } from '@/features/group-mapping/components/mapping-page.tsx';

export const metadata: Metadata = { title: 'Mapping' };

export default async function MappingRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <MappingPage id={id} />;
}
