import type { Metadata } from 'next';
import { ConnectionPage } from '@/features/sign-in-settings/components/connection-page.tsx';

export const metadata: Metadata = { title: 'Sign-in connection' };

export default async function ConnectionRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ConnectionPage id={id} />;
}
