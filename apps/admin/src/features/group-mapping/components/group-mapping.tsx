'use client';
import { Anchor, Stack, Tabs } from '@mantine/core';
import { IconLogin2, IconPlugConnected } from '@tabler/icons-react';
import Link from 'next/link';
import { Page } from '@/components/ui/page.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { ScimTab } from './scim-tab.tsx';
import { SsoTab } from './sso-tab.tsx';

const descriptions = {
  scim: 'Whoever is in a group that an identity provider pushes has the roles that it is mapped to, and loses them on leaving it.',
  sso: 'Whoever signs in with a group is given the roles that it is mapped to. Signing in only adds; it takes nothing.',
};

/** Which groups give which roles: those that are pushed over SCIM, and those that come with a sign-in. */
export function GroupMapping() {
  const { params, change } = useUrlState();
  const tab = params.get('tab') === 'sso' ? 'sso' : 'scim';
  return (
    <Page
      title="Group mapping"
      description={descriptions[tab]}
      action={
        <Anchor component={Link} href="/group-mapping/role-source" size="sm">
          Where roles come from
        </Anchor>
      }
    >
      <Tabs
        value={tab}
        onChange={(value) =>
          change({ tab: value === 'sso' ? value : null, q: null, after: null, before: null }, 'push')
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="scim" leftSection={<IconPlugConnected size={15} />}>
            SCIM
          </Tabs.Tab>
          <Tabs.Tab value="sso" leftSection={<IconLogin2 size={15} />}>
            SSO
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="scim">
          <Stack gap="md">
            <ScimTab />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="sso">
          <Stack gap="md">
            <SsoTab />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
