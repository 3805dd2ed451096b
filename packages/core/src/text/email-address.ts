/** Is it the form of an e-mail address? Whether somebody reads what is sent there, only sending tells. */
export const isEmailAddress = (text: string): boolean => /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text);
