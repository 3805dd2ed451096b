import { domainToASCII } from 'node:url';
import { invalidInput } from '../errors/domain-error.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';

/** Labels of letters, digits and hyphens, of which there are at least two (RFC 1035 §2.3.4). */
const NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** What `domainToASCII` reads as the parts of an address around the domain, and cuts off. */
const OF_ADDRESSES = /[\s/?#\\:@%]/;

/** The domain as the DNS has it; undefined when it is none. */
function nameIn(text: string): string | undefined {
  const given = text.trim().replace(/\.$/, '');
  if (OF_ADDRESSES.test(given)) return undefined;
  const name = domainToASCII(given);
  return NAME.test(name) ? name : undefined;
}

/** @throws DomainError INVALID_INPUT */
export function checkDomain(text: string, field = 'name'): string {
  checkSize(text, field, MAX_TEXT_LENGTH);
  const name = nameIn(text);
  if (name !== undefined) return name;
  throw invalidInput(
    field,
    'is no domain. Enter what comes after the @ of an e-mail address, such as example.com.',
  );
}

/** The domain of an e-mail address; undefined when it has none. */
export function domainOfEmail(email: string): string | undefined {
  const [, domain] = /^[^@]+@([^@]+)$/.exec(email.trim()) ?? [];
  return domain === undefined || domain.length > 500 ? undefined : nameIn(domain);
}
