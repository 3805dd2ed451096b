import { line, type Mail, mailOf } from '../mail/mail-text.ts';
import type { TokenKindName } from '../model/token.entity.ts';

/** A token that a mail warns of. */
export interface ExpiringToken {
  readonly name: string;
  readonly kind: TokenKindName;
  readonly last_four: string;
  readonly expires_at: Date;
}

/** The tokens of an account that expire, the soonest first, and where its admins look after them. */
export interface ExpiryNews {
  readonly accountName: string;
  readonly tokens: readonly ExpiringToken[];
  readonly adminUrl: string;
}

/** How many tokens are named; of the others a mail says how many there are. */
const NAMED = 20;

/** Tells somebody who may change the tokens of an account which of them expire. */
export function expiryMail(to: string, { accountName, tokens, adminUrl }: ExpiryNews): Mail {
  const account = line(accountName);
  const isOne = tokens.length === 1;
  const more = tokens.length - NAMED;
  return mailOf(
    to,
    `${isOne ? 'A token' : `${tokens.length} tokens`} of ${account} will expire soon

${isOne ? 'This token' : 'These tokens'} of ${account} will expire:

${tokens.slice(0, NAMED).map(said).join('\n')}${more > 0 ? `\nand ${more} more` : ''}

From then on it is refused, and whatever uses it stops working: with a SCIM token that is provisioning. Issue a new token, give it to whatever uses the old one, and revoke the old one:

${adminUrl}/tokens?show=expiring

You are written to because you may change the tokens of ${account}.
`,
  );
}

const said = ({ name, kind, last_four, expires_at }: ExpiringToken): string =>
  `– ${line(name)} (${kind}, …${last_four}): ${moment.format(expires_at)}`;

/** In UTC, which the text says: whoever reads it may be anywhere. */
export const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});
