/** Stands for what is not told. */
export const MASK = '***';

/** What a name has in it that names a secret, whether of SCIM (`password`), OAuth or HTTP. */
const SECRET_WORD = 'passw(?:or)?d|passphrase|pwd|secret(?!ar)|token|credential|authorization|api[-_]?key';
const named = new RegExp(SECRET_WORD, 'i');

/** Our own tokens, bearer tokens, and signed ones (RFC 7519 §3). */
const TOKEN = /\brc_[a-z]+_[\w-]{8,}|(?<=\bbearer\s+)[\w.~+/=-]{6,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi;
const tokenLike = /\brc_[a-z]+_|bearer\s|\beyJ/i;

/** What follows the name of a secret where it is compared or set, such as in a filter: all to the end. */
const SAID_OF_SECRET = new RegExp(
  `((?:${SECRET_WORD})[\\w.]*(?:["']\\s*:|["']?\\s*(?:\\[|=|\\b(?:eq|ne|co|sw|ew|gt|ge|lt|le)\\b))).*`,
  'is',
);

const isSuspicious = (text: string): boolean => named.test(text) || tokenLike.test(text);

/** So many secrets are looked for wherever they come again. */
const MAX_SECRETS = 50;

/** A request and its answer as they came. */
export interface Exchange {
  /** With the query. */
  readonly url: string;
  /** What was read of the body; undefined where it is none, or could not be read. */
  readonly body: unknown;
  readonly answer: string | undefined;
}

/** The same without secrets. */
export interface MaskedExchange {
  readonly url: string;
  readonly body: string | undefined;
  readonly answer: string | undefined;
}

/**
 * An exchange without passwords and tokens: whatever stands under a name, or at a PATCH path or in a filter, that names a
 * secret; whatever looks like a token; and what was sent as a secret wherever it comes again. Of one with very many secrets neither the
 * body nor the answer is told: each would have to be looked for in both.
 */
export function maskExchange({ url, body, answer }: Exchange): MaskedExchange {
  const secrets = new Set<string>();
  const masked = body === undefined ? undefined : maskBody(body, secrets);
  const masksAll = secrets.size <= MAX_SECRETS;
  return {
    url: without(secrets, maskUrl(url)),
    body: masksAll ? masked : undefined,
    answer: masksAll ? maskAnswer(answer, secrets) : undefined,
  };
}

/** A text that no name stands before, such as a header, without tokens and what is said of secrets. */
export const maskText = (text: string): string =>
  isSuspicious(text) ? text.replace(TOKEN, MASK).replace(SAID_OF_SECRET, `$1 ${MASK}`) : text;

function maskBody(body: unknown, secrets: Set<string>): string {
  const text = JSON.stringify(body);
  if (!isSuspicious(text)) return text;
  const masked = JSON.stringify(maskValue(body, secrets));
  return secrets.size > MAX_SECRETS ? MASK : without(secrets, masked);
}

function maskAnswer(answer: string | undefined, secrets: ReadonlySet<string>): string | undefined {
  if (answer === undefined) return undefined;
  const known = without(secrets, answer);
  if (!isSuspicious(known)) return known;
  try {
    return JSON.stringify(maskValue(JSON.parse(known), new Set()));
  } catch {
    return undefined;
  }
}

function maskUrl(url: string): string {
  if (!isSuspicious(url) && !url.includes('%')) return url;
  const [path = '', ...query] = url.split('?');
  const parts = query.join('?').split('&').map(maskParameter);
  return query.length === 0 ? maskPart(path) : `${maskPart(path)}?${parts.join('&')}`;
}

function maskParameter(parameter: string): string {
  const [name = '', ...value] = parameter.split('=');
  return named.test(decoded(name)) && value.length > 0 ? `${name}=${MASK}` : maskPart(parameter);
}

/** A part of an address; shown decoded where something in it is masked. */
function maskPart(part: string): string {
  const text = decoded(part);
  const masked = maskText(text);
  return masked === text ? part : masked;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}

function maskValue(value: unknown, secrets: Set<string>): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map((each) => maskValue(each, secrets));
  if (typeof value === 'object' && value !== null) return maskObject(value, secrets);
  return value;
}

/** What says what an object of a request does, and to what. */
const SAYS_WHAT = /^(?:op|path|schemas|method)$/i;
const NAMES = /^(?:path|name|type|attribute)$/i;

function maskObject(object: object, secrets: Set<string>): object {
  const entries = Object.entries(object);
  const namesSecret = ([name, value]: [string, unknown]) => NAMES.test(name) && isNameOfSecret(value);
  const isAboutSecret = entries.some(namesSecret);
  const isHidden = (entry: [string, unknown]) =>
    named.test(entry[0]) || (isAboutSecret && !SAYS_WHAT.test(entry[0]) && !namesSecret(entry));
  return Object.fromEntries(
    entries.map((entry) => [entry[0], (isHidden(entry) ? hide : maskValue)(entry[1], secrets)]),
  );
}

/** A word without spaces that names a secret, as a path does; no sentence, in which the word may stand by chance. */
const isNameOfSecret = (value: unknown): boolean =>
  typeof value === 'string' && named.test(value) && !/\s/.test(value.trim().replace(/\[.*/s, ''));

function hide(value: unknown, secrets: Set<string>): unknown {
  if (value === null || value === undefined) return value;
  for (const text of textsIn(value)) if (text !== '') secrets.add(text);
  return MASK;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** Shorter ones are in every text by chance, and tell nothing where they are. */
const MIN_SECRET_LENGTH = 4;

/** The text without these secrets, as they are and as JSON writes them. */
function without(secrets: ReadonlySet<string>, text: string): string {
  let rest = text;
  for (const secret of secrets) {
    if (secret.length < MIN_SECRET_LENGTH) continue;
    rest = rest.replaceAll(JSON.stringify(secret).slice(1, -1), MASK).replaceAll(secret, MASK);
  }
  return rest;
}
