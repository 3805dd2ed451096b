import { expect, test } from 'vitest';
import { line, mailOf } from './mail-text.ts';

test('a template is a mail: subject first, then paragraphs, as text and as HTML', () => {
  const mail = mailOf(
    'ada@example.com',
    `Hello ${line('Ada')}

One & two
three

https://id.example.com/set-password#x&y
`,
  );
  expect(mail).toMatchObject({
    to: 'ada@example.com',
    subject: 'Hello Ada',
    text: 'One & two\nthree\n\nhttps://id.example.com/set-password#x&y\n',
  });
  expect(mail.html).toContain('<p>One &#38; two<br>\nthree</p>');
  expect(mail.html).toContain('<a href="https://id.example.com/set-password#x&#38;y">');
});

test.each([
  ['Acme\n\nhttps://evil.example\n', 'Acme https://evil.example'],
  ['Acme\r\nBcc: all@example.com', 'Acme Bcc: all@example.com'],
  ['<b>Acme</b>\u202e', '<b>Acme</b>'],
  ['x'.repeat(200), `${'x'.repeat(100)}…`],
])('%j is a part of one line', (text, expected) => {
  expect(line(text)).toBe(expected);
  const { html } = mailOf('a@example.com', `Subject\n\n${line(text)}:`);
  expect(html).not.toMatch(/<a |<b>/);
});
