import type { Metadata } from 'next';
import { ActivityLog } from '@/features/activity/components/activity-log.tsx';

export const metadata: Metadata = { title: 'Activity' };

export default function ActivityPage() {
  return <ActivityLog />;
}
