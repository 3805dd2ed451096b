export const adaId = '01950000-0000-7000-8000-00000000000a';
export const bobId = '01950000-0000-7000-8000-00000000000b';
export const cyId = '01950000-0000-7000-8000-00000000000c';
export const teamId = '01950000-0000-7000-8000-0000000000aa';

/** The place of a page that is the only one. */
export const onlyPage = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
