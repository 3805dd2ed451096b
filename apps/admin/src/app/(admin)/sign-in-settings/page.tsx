import type { Metadata } from 'next';
import { SignInSettingsPage } from '@/features/sign-in-settings/components/sign-in-settings-page.tsx';

export const metadata: Metadata = { title: 'Sign-in' };

export default function SignInSettingsRoute() {
  return <SignInSettingsPage />;
}
