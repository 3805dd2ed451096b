import {
  type Icon,
  IconActivity,
  IconHierarchy2,
  IconKey,
  IconLogin2,
  IconPlugConnected,
  IconShield,
  IconSitemap,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';

export interface Destination {
  path: string;
  label: string;
  icon: Icon;
  /** Pressed after `g`. */
  key: string;
}

/** The pages in groups that follow the work. */
export const navigation: readonly { group: string; pages: readonly Destination[] }[] = [
  { group: 'Overview', pages: [{ path: '/activity', label: 'Activity', icon: IconActivity, key: 'a' }] },
  {
    group: 'Directory',
    pages: [
      { path: '/people', label: 'People', icon: IconUser, key: 'p' },
      { path: '/teams', label: 'Teams', icon: IconUsers, key: 't' },
      { path: '/org-chart', label: 'Org chart', icon: IconHierarchy2, key: 'o' },
      { path: '/org-structure', label: 'Org structure', icon: IconSitemap, key: 's' },
    ],
  },
  {
    group: 'Connections',
    pages: [{ path: '/provisioning', label: 'Provisioning', icon: IconPlugConnected, key: 'c' }],
  },
  {
    group: 'Access',
    pages: [
      { path: '/roles', label: 'Roles', icon: IconShield, key: 'r' },
      { path: '/group-mapping', label: 'Group mapping', icon: IconUsersGroup, key: 'm' },
      { path: '/sign-in-settings', label: 'Sign-in', icon: IconLogin2, key: 'i' },
      { path: '/tokens', label: 'Tokens', icon: IconKey, key: 'k' },
    ],
  },
];

/** All pages in the order of the navigation. */
export const destinations: readonly Destination[] = navigation.flatMap(({ pages }) => pages);
