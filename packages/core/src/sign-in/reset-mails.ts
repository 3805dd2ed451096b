import { line, type Mail, mailOf } from '../mail/mail-text.ts';

/** A link by which somebody sets their password, and for which account. */
export interface ResetLink {
  readonly accountName: string;
  readonly url: string;
}

/** The mail with links to set a password, one for each account of whoever has the address. */
export function resetMail(to: string, links: readonly ResetLink[], sentBy?: string): Mail {
  const accounts = links.map(({ accountName }) => line(accountName));
  const [only = ''] = accounts;
  const where = links.length === 1 ? only : `${links.length} accounts`;
  const reason =
    sentBy === undefined
      ? 'Somebody asked for this, most likely you. If it was not you, do nothing: your password stays as it is.'
      : `${line(sentBy)} sent you this. Until you use it, nothing changes.`;
  const list = links.map(({ url }, at) => `${accounts[at]}:\n${url}`).join('\n\n');
  return mailOf(
    to,
    `Set your password for ${where}

Here you choose the password that you sign in with, also for the first time:

${list}

${links.length === 1 ? 'The link works once, for an hour.' : 'Each link works once, for an hour.'}

${reason}
`,
  );
}

/** The mail that tells somebody that their password is another one. */
export const passwordChangedMail = (to: string, accountName: string, resetUrl: string): Mail =>
  mailOf(
    to,
    `Your password for ${line(accountName)} was changed

The password that you sign in with to ${line(accountName)} was changed just now, and whoever was signed in with the one before is not any more.

If it was you, there is nothing to do. If it was not you, set another one at once and tell your admin:

${resetUrl}
`,
  );
