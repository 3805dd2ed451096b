import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';

/** How the arguments of pages of the chart are declared. */
export const firstArgument = { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' };
export const afterArgument = { nullable: true, description: 'Those that come after this place.' };
