'use client';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';

export default function AdminError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Page title="This page stumbled">
      <ErrorState error={error} onRetry={reset} />
    </Page>
  );
}
