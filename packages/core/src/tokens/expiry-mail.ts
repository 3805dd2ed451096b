import { line, type Mail, mailOf } from '../mail/mail-text.ts';
import type { TokenKindName } from '../model/token.entity.ts';

/** A token that a mail warns of. */
export interface ExpiringToken {
  readonly name: string;
  readonly kind: TokenKindName;
  readonly last_four: string;
  readonly expires_at: Date;
}

/** Tokens of an account that expire, the soonest first, and where the admin app is, in which they are looked after. */
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
  const { some, these } = counted(tokens);
  return mailOf(
    to,
    `${some} of ${account} will expire soon

${these} of ${account} will expire:

${listed(tokens)}

From then on it is refused, and whatever uses it stops working: with a SCIM token that is provisioning. Issue a new token, give it to whatever uses the old one, and revoke the old one:

${adminUrl}/tokens?show=expiring

You are written to because you may change the tokens of ${account}.
`,
  );
}

/** Tells somebody which of the tokens that act for them expire. */
export function ownExpiryMail(to: string, { accountName, tokens, adminUrl }: ExpiryNews): Mail {
  const account = line(accountName);
  const { some, these } = counted(tokens);
  return mailOf(
    to,
    `${some} of yours in ${account} will expire soon

${these} of yours in ${account} will expire:

${listed(tokens)}

From then on it is refused, and whatever uses it stops working. Issue a new token on your profile, give it to whatever uses the old one, and revoke the old one:

${adminUrl}/profile

You are written to because what uses such a token acts for you in ${account}.
`,
  );
}

const counted = ({ length }: readonly unknown[]): { readonly some: string; readonly these: string } =>
  length === 1
    ? { some: 'A token', these: 'This token' }
    : { some: `${length} tokens`, these: 'These tokens' };

function listed(tokens: readonly ExpiringToken[]): string {
  const more = tokens.length - NAMED;
  return `${tokens.slice(0, NAMED).map(said).join('\n')}${more > 0 ? `\nand ${more} more` : ''}`;
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
