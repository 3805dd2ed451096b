'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import { destinations } from './navigation.ts';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Milliseconds in which the second key of `g p` has to follow. */
const sequenceTime = 1_000;

/** Listens for the shortcuts of every page: `?`, `/` and `g` followed by a page's letter. */
export function useShortcuts({ onHelp }: { onHelp: () => void }): void {
  const router = useRouter();
  const goPressedAt = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
    const going = event.timeStamp - goPressedAt.current < sequenceTime;
    goPressedAt.current = event.key === 'g' ? event.timeStamp : 0;
    if (event.key === '?') onHelp();
    if (event.key === '/') {
      event.preventDefault();
      document.querySelector<HTMLInputElement>('[data-page-search]')?.focus();
    }
    const destination = going && destinations.find(({ key }) => key === event.key);
    if (destination) router.push(destination.path);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
