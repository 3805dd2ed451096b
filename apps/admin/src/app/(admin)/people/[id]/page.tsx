import type { Metadata } from 'next';
import { PersonPage } from '@/features/people/components/person-page.tsx';

export const metadata: Metadata = { title: 'Person' };

export default async function PersonRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PersonPage id={id} />;
}
