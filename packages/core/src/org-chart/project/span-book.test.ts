import { expect, test } from 'vitest';
import { SpanBook } from './span-book.ts';

const bookWith = (...stored: [key: string, name: string, began: number][]) => {
  const book = new SpanBook<{ name: string }>();
  for (const [key, name, began] of stored) book.load(key, { name }, began);
  return book;
};

test('a change ends one span and begins the next at the same moment', () => {
  const book = bookWith(['a', 'old', 1]);
  book.set('a', { name: 'new' });
  book.endMoment(5);
  expect(book.outcome()).toEqual({
    written: [
      { row: { name: 'old' }, began: 1, ended: 5 },
      { row: { name: 'new' }, began: 5, ended: null },
    ],
    erased: [],
  });
});

test('what changes and changes back within a moment was never otherwise', () => {
  const book = bookWith(['a', 'same', 1]);
  book.set('a', { name: 'other' });
  book.set('a', { name: 'same' });
  book.endMoment(5);
  expect(book.outcome()).toEqual({ written: [], erased: [] });
});

test('who comes and goes within a moment was never there', () => {
  const book = bookWith();
  book.set('a', { name: 'short' });
  book.endMoment(5);
  book.set('a', undefined);
  book.endMoment(5);
  expect(book.outcome()).toEqual({ written: [], erased: [] });
});

test('a span of the table that began at this very moment is taken back, or written over', () => {
  const book = bookWith(['gone', 'short', 5], ['changed', 'short', 5]);
  book.set('gone', undefined);
  book.set('changed', { name: 'new' });
  book.endMoment(5);
  expect(book.outcome()).toEqual({
    written: [{ row: { name: 'new' }, began: 5, ended: null }],
    erased: [{ row: { name: 'short' }, began: 5, ended: null }],
  });
});
