import { isUuid } from '../text/uuid.ts';
import type { MaskedExchange } from './mask.ts';

/** Whom or what a request is about, as far as it tells. */
export interface RequestSubject {
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
}

const typeOfEndpoint: Readonly<Record<string, string>> = {
  users: 'User',
  groups: 'Group',
  me: 'User',
  roles: 'Role',
  entitlements: 'Entitlement',
};
const nameAttributes: Readonly<Record<string, string>> = { User: 'userName', Group: 'displayName' };

const ENDPOINT = /\/(Users|Groups|Me|Roles|Entitlements)(?:\/([^/?]+))?\/?(?:\?|$)/i;
/** A resource, or a list with just one. */
const ONE_RESOURCE = /^\{"schemas":\[[^\]]*(?:ListResponse"\],"totalResults":1\b|\],"id":)/;
const ID = /"id":"([^"]{36})"/;
const LOOKED_AT = 65_536;

/**
 * Whom or what a request is about: by its address, or else by its answer, its body or the filter by which it looked. It is
 * read off what is masked already, so that it tells nothing besides.
 */
export function requestSubject({ url, body, answer = '' }: MaskedExchange, status: number): RequestSubject {
  const [, endpoint = '', inPath = ''] = ENDPOINT.exec(url) ?? [];
  const resourceType = typeOfEndpoint[endpoint.toLowerCase()] ?? null;
  const attribute = resourceType === null ? undefined : nameAttributes[resourceType];
  if (attribute === undefined) return { resourceType, resourceId: null, resourceName: null };
  const told = status < 300 && ONE_RESOURCE.test(answer) ? answer : '';
  const id = isUuid(inPath) ? inPath : (ID.exec(told)?.[1] ?? '');
  return {
    resourceType,
    resourceId: isUuid(id) ? id.toLowerCase() : null,
    resourceName: nameIn(told, attribute) ?? nameIn(body, attribute) ?? nameLookedFor(url, attribute) ?? null,
  };
}

function nameIn(json: string | undefined, attribute: string): string | undefined {
  if (json === undefined) return undefined;
  // Attributes of the resource come before anything that could go on for long.
  const looked = json.slice(0, LOOKED_AT);
  const [, text] = new RegExp(`"${attribute}":("(?:[^"\\\\]|\\\\.)*")`, 'i').exec(looked) ?? [];
  return text === undefined ? undefined : String(JSON.parse(text));
}

/** Identity providers look for whom they are about to provision (`filter=userName eq "…"`). */
function nameLookedFor(url: string, attribute: string): string | undefined {
  const filter = new URLSearchParams(url.split('?')[1] ?? '').get('filter') ?? '';
  const [, value] =
    new RegExp(`^\\s*${attribute}\\s+eq\\s+"((?:[^"\\\\]|\\\\.)*)"\\s*$`, 'i').exec(filter) ?? [];
  return value;
}
