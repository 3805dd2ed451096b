/** Why a proof at the provider was refused, by what the address says of it; never in its words. */
const sentences = new Map([
  [
    'OTHER_PERSON',
    'At your identity provider you are signed in as somebody else than here, so it proves nothing of you. Sign in there as yourself.',
  ],
  [
    'NOT_ANEW',
    'Your identity provider did not ask you anew who you are, or does not say when it did. Try again, or ask your admin.',
  ],
  [
    'WRONG_CONTEXT',
    'Your identity provider did not ask you in the way that your account wants here. Ask your admin.',
  ],
  [
    'SECOND_FACTOR',
    'Your account asks for a second factor, and your identity provider does not say that it asked you for one. Ask your admin.',
  ],
  ['ENDED', 'Your identity provider has just ended the session that you come from. Sign in again.'],
  ['PROVIDER_REFUSED', 'Your identity provider did not sign you in. Try again, or ask your admin.'],
  [
    'NOT_BEGUN',
    'That proof was not begun in this session, was used before, or took longer than ten minutes. Try again.',
  ],
]);

const OTHER =
  'It could not be proven just now that it is you. Try again; if it stays, tell your admin the request';
const REQUEST_ID = /^[\w.-]{1,100}$/;

/** What became of a proof, and what the address has besides. */
interface ProofTold {
  readonly isProven: boolean;
  readonly message: string;
  readonly rest: string;
}

/** What the address says of a proof at the provider; undefined where nobody comes from one. */
export function outcomeOfProof(parameters: URLSearchParams): ProofTold | undefined {
  const outcome = parameters.get('proof');
  if (outcome === null) return undefined;
  const others = new URLSearchParams(parameters);
  const request = others.get('request') ?? '';
  for (const name of ['proof', 'request']) others.delete(name);
  const rest = others.toString();
  if (outcome === 'given')
    return { isProven: true, message: 'It is proven that it is you. Now do it once more.', rest };
  const known = sentences.get(outcome);
  return {
    isProven: false,
    message: known ?? (REQUEST_ID.test(request) ? `${OTHER} ${request}.` : `${OTHER}.`),
    rest,
  };
}
