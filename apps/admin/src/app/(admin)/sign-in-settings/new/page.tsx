import type { Metadata } from 'next';
import { NewConnectionPage } from '@/features/sign-in-settings/components/new-connection-page.tsx';

export const metadata: Metadata = { title: 'Add a sign-in connection' };

export default function NewConnectionRoute() {
  return <NewConnectionPage />;
}
