import { MAIL_DOMAIN } from './directory.ts';
import { mailName } from './names.ts';

/** Hands out `first.last@…` addresses, each at most once over all generations of a directory. */
export class UserNames {
  readonly #used = new Map<string, number>();

  /** The next free address for a name: the second Ava Parker becomes `ava.parker2`. */
  claim(givenName: string, familyName: string): string {
    const stem = `${mailName(givenName)}.${mailName(familyName)}`;
    const count = (this.#used.get(stem) ?? 0) + 1;
    this.#used.set(stem, count);
    return `${stem}${count === 1 ? '' : count}@${MAIL_DOMAIN}`;
  }
}
