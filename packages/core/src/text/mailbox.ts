/** What tells mailboxes apart: the case of ASCII letters does not. */
export const mailbox = (address: string): string =>
  address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
