import type { Specification } from './requirement.ts';

export const rfc9865: Specification = {
  name: 'RFC 9865',
  title: 'Cursor-Based Pagination',
  requirements: [
    {
      section: '2',
      demands: 'An empty cursor asks for the first page',
      shownBy: '§2 nextCursor: leads through all',
    },
    {
      section: '2',
      demands: 'A cursor is made of unreserved characters',
      shownBy: '§2 nextCursor: is made of characters',
    },
    {
      section: '2',
      demands: 'nextCursor is on every page but the last',
      shownBy: '§2 nextCursor: is there on every page',
    },
    { section: '2', demands: 'previousCursor is not on the first page', shownBy: '§2 previousCursor' },
    { section: '2', demands: 'A negative count is 0, 0 asks for the total alone', shownBy: '§2 count' },
    { section: '2', demands: 'No page has more than count resources', shownBy: '§2 count' },
    {
      section: '2',
      demands: 'The query of every page is the query of the first',
      shownBy: '§2.1 errors: a cursor of another query',
    },
    {
      section: '2.1',
      demands: 'A wrong cursor is invalidCursor',
      shownBy: '§2.1 errors: the cursor',
    },
    { section: '2.1', demands: 'A wrong count is invalidCount', shownBy: 'of another count invalidCount' },
    { section: '2.1', demands: 'An old cursor is expiredCursor', shownBy: 'too old is expiredCursor' },
    { section: '2.2', demands: 'Pages are sorted when sorting is asked for', shownBy: '§2.2 sorting' },
    {
      section: '2.3',
      demands: 'A server may turn pages by cursor alone',
      notApplicable: 'both methods are offered',
    },
    { section: '2.4', demands: 'One of two methods is the default', shownBy: '§2.4 default' },
    { section: '3', demands: '/.search takes cursor and count', shownBy: '§3 .search' },
    {
      section: '4',
      demands: '`pagination` says whether there are cursors and index',
      shownBy: '§4 ServiceProviderConfig',
    },
    { section: '5.2', demands: 'A cursor gives nobody access who has none', shownBy: '§5.2 confidentiality' },
    { section: '5.2', demands: 'Access is checked with every page', shownBy: '§5.2 confidentiality' },
    { section: '5.2', demands: 'Errors do not tell what is there', shownBy: '§5.2 confidentiality' },
  ],
};
