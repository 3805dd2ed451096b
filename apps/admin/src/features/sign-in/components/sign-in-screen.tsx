import type { ReactNode } from 'react';
import { Wordmark } from '@/components/ui/wordmark.tsx';
import classes from './sign-in-screen.module.css';

/** The card on which somebody signs in, or gets to where they can. */
export function SignInScreen({ children }: { children: ReactNode }) {
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Wordmark size={22} />
        {children}
      </div>
    </main>
  );
}
