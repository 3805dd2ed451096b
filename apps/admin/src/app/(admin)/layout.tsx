import { type ReactNode, Suspense } from 'react';
import { AdminFrame } from '@/features/frame/components/admin-frame.tsx';
import { ProofOutcome } from '@/features/step-up/components/proof-outcome.tsx';
import { StepUpDialog } from '@/features/step-up/components/step-up-dialog.tsx';
import { GraphqlProvider } from '@/lib/graphql/apollo-provider.tsx';
import { FeedProvider } from '@/lib/live/feed-provider.tsx';

export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <GraphqlProvider>
      <FeedProvider>
        <AdminFrame>
          <Suspense>{children}</Suspense>
        </AdminFrame>
        <StepUpDialog />
        <Suspense>
          <ProofOutcome />
        </Suspense>
      </FeedProvider>
    </GraphqlProvider>
  );
}
