'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

type Changes = Record<string, string | null>;

/** Applies changes to a query string; null or '' removes a key, so that defaults leave the URL clean. */
function changedSearch(search: string, changes: Changes): string {
  const params = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    if (value) params.set(key, value);
    else params.delete(key);
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** Filters, tabs and selections live in the URL; this reads them and changes them without a round trip. */
export function useUrlState(): { params: URLSearchParams; change(changes: Changes, how?: 'push'): void } {
  const params = useSearchParams();
  const pathname = usePathname();
  const change = useCallback(
    (changes: Changes, how?: 'push') => {
      const url = pathname + changedSearch(window.location.search, changes);
      if (how === 'push') window.history.pushState(null, '', url);
      else window.history.replaceState(null, '', url);
    },
    [pathname],
  );
  return { params, change };
}
