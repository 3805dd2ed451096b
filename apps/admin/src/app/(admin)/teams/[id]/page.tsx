import type { Metadata } from 'next';
import { TeamPage } from '@/features/teams/components/team-page.tsx';

export const metadata: Metadata = { title: 'Team' };

export default async function TeamRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <TeamPage id={id} />;
}
