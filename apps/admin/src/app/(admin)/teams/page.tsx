import type { Metadata } from 'next';
import { TeamList } from '@/features/teams/components/team-list.tsx';

export const metadata: Metadata = { title: 'Teams' };

export default function TeamsPage() {
  return <TeamList />;
}
