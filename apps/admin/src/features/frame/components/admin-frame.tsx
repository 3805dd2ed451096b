'use client';
import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/ui/wordmark.tsx';
import { useViewer } from '../api/viewer.ts';
import { useShortcuts } from '../shortcuts.ts';
import { AccountLabel } from './account-label.tsx';
import classes from './admin-frame.module.css';
import { LiveIndicator } from './live-indicator.tsx';
import { Navigation } from './navigation.tsx';
import { SearchButton, SearchEverywhere } from './search-everywhere.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { ViewerMenu } from './viewer-menu.tsx';

/** What surrounds every page: navigation, account, search, live indicator, theme, me. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const viewer = useViewer();
  const [menuOpen, menu] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
  useShortcuts({ onHelp: help.open });
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      classNames={{ header: classes.header, navbar: classes.navbar }}
    >
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={menuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
            />
            <Link href="/activity" aria-label="Rollcall, to the activity" className={classes.home}>
              <Wordmark />
            </Link>
            <AccountLabel account={viewer?.account} />
          </Group>
          <Group gap={6} wrap="nowrap">
            <SearchButton />
            <LiveIndicator />
            <ThemeMenu />
            <ViewerMenu user={viewer?.user} onShortcuts={help.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation onNavigate={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content">{children}</AppShell.Main>
      <SearchEverywhere />
      <ShortcutList opened={helpOpen} onClose={help.close} />
    </AppShell>
  );
}
