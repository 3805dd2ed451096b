/** A mail as it is sent: to whom, and what it says, as text and as simple HTML. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail whose first line is the subject, and whose paragraphs stand apart. What is in it of others is a `line`. */
export function mailOf(to: string, template: string): Mail {
  const [subject = '', ...lines] = template.trim().split('\n');
  const text = `${lines.join('\n').trim()}\n`;
  return { to, subject: subject.trim(), text, html: htmlOf(text) };
}

/** Longest name of a person or an account that a mail repeats. */
const MAX_NAME = 100;

/** A text of somebody as a part of one line, so that it can't be taken for what we say ourselves. */
export function line(text: string): string {
  const flat = text.replace(/[\p{White_Space}\p{C}]+/gu, ' ').trim();
  return [...flat].length > MAX_NAME ? `${[...flat].slice(0, MAX_NAME).join('')}…` : flat;
}

function htmlOf(text: string): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(htmlLine).join('<br>\n')}</p>`);
  return `<!doctype html>
<meta charset="utf-8">
<body style="font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.5; max-width: 36em; margin: 2em auto; padding: 0 1em">
${paragraphs.join('\n')}
</body>
`;
}

/** Only an address that stands alone is a link: it is ours. */
const htmlLine = (text: string): string =>
  /^https?:\/\/\S+$/.test(text) ? `<a href="${escaped(text)}">${escaped(text)}</a>` : escaped(text);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
