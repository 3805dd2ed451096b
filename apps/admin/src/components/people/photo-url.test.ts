import { expect, test } from 'vitest';
import { photoUrl } from './photo-url.ts';

test('a picture is loaded over https', () => {
  expect(photoUrl('https://photos.example/ada.png?size=64')).toBe('https://photos.example/ada.png?size=64');
});

test.each([
  null,
  undefined,
  '',
  'ada.png',
  '//photos.example/ada.png',
  'http://photos.example/ada.png',
  'javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
  'blob:https://photos.example/1',
  'https://ada:secret@photos.example/ada.png',
  'https://',
])('%j is not loaded: initials stand in', (photo) => {
  expect(photoUrl(photo)).toBeNull();
});
