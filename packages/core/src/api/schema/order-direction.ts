import { declareEnum } from './enums.ts';

export const OrderDirection = declareEnum('OrderDirection', 'Which way an order runs.', {
  ASC: 'The smallest, or oldest, first.',
  DESC: 'The largest, or newest, first.',
});
