import type { Metadata } from 'next';
import { ProfilePage } from '@/features/profile/components/profile-page.tsx';

export const metadata: Metadata = { title: 'Profile' };

export default function ProfileRoute() {
  return <ProfilePage />;
}
