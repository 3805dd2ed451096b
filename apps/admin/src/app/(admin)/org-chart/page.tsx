import type { Metadata } from 'next';
import { OrgChart } from '@/features/org-chart/components/org-chart.tsx';

export const metadata: Metadata = { title: 'Org chart' };

export default function OrgChartPage() {
  return <OrgChart />;
}
