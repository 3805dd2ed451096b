'use client';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { setNonce } from 'get-nonce';
import { type ReactNode, useEffect } from 'react';
import { theme } from './theme.ts';

interface ThemeProviderProps {
  /** What the styles of the page bear, so that the browser applies them. */
  nonce: string | undefined;
  children: ReactNode;
}

/** The look of everything, and where dialogs and notices appear. */
export function ThemeProvider({ nonce = '', children }: ThemeProviderProps) {
  // Dialogs keep the page behind them still by a style that they add when they open.
  useEffect(() => setNonce(nonce), [nonce]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <ModalsProvider>{children}</ModalsProvider>
      <Notifications position="bottom-right" />
    </MantineProvider>
  );
}
