import type { Metadata } from 'next';
import { SetPasswordForm } from '@/features/sign-in/components/set-password-form.tsx';

export const metadata: Metadata = { title: 'Set a password' };

export default function SetPasswordPage() {
  return <SetPasswordForm />;
}
