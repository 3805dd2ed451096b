'use client';
import { notifications } from '@mantine/notifications';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { outcomeOfProof } from '../api/proof-outcome.ts';

/** Tells whoever comes back from their provider whether it is proven that it is they, and takes that out of the address. */
export function ProofOutcome() {
  const parameters = useSearchParams();
  const pathname = usePathname();
  const { replace } = useRouter();
  useEffect(() => {
    const outcome = outcomeOfProof(parameters);
    if (outcome === undefined) return;
    notifications.show(
      outcome.isProven
        ? { message: outcome.message }
        : { message: outcome.message, color: 'red', autoClose: false },
    );
    const { rest } = outcome;
    replace(pathname + (rest === '' ? '' : `?${rest}`) + window.location.hash, { scroll: false });
  }, [parameters, pathname, replace]);
  return null;
}
