/** Most tokens of a person that are listed, and that they can issue for themselves. */
export const MAX_TOKENS_OF_A_PERSON = 100;

/** Most days that a token lives which people issue for themselves. */
export const MAX_OWN_TOKEN_DAYS = 365;
