import { invalidInput } from '../errors/domain-error.ts';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { NameIdFormat, SamlAttributes, SamlBinding, SamlSettings } from '../model/saml-settings.ts';
import {
  expiryOf,
  fingerprintOf,
  MAX_CERTIFICATES,
  type ReadCertificate,
  readCertificate,
} from '../saml/certificates.ts';
import { makeKeyPair } from '../saml/key-pair.ts';
import { withoutOwnKeys } from '../saml/own-key-pairs.ts';
import { type ProviderMetadata, readMetadata } from '../saml/read-metadata.ts';
import { SamlRefused } from '../saml/saml-refused.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { checkText, isBlank, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import type { NewSettings } from './openid-settings.ts';
import { METADATA_AGAIN_MS, readMetadataAt } from './read-metadata-at.ts';
import { samlAttributes, samlDefaults } from './saml-presets.ts';

/** What somebody says of a connection by SAML. */
export interface SamlProperties {
  /** The provider's metadata: as they are, or where they are read, now and once a day. */
  metadataXml?: string | null;
  metadataUrl?: string | null;
  ssoUrl?: string | null;
  ssoBinding?: SamlBinding | null;
  sloUrl?: string | null;
  sloBinding?: SamlBinding | null;
  certificates?: readonly string[] | null;
  wantAssertionsSigned?: boolean | null;
  wantResponseSigned?: boolean | null;
  signRequests?: boolean | null;
  nameIdFormat?: NameIdFormat | null;
  emailAttribute?: string | null;
  externalIdAttribute?: string | null;
  displayNameAttribute?: string | null;
  givenNameAttribute?: string | null;
  familyNameAttribute?: string | null;
  idpInitiated?: boolean | null;
}

/** What metadata say that were given, or read from where it was said. @throws DomainError INVALID_INPUT */
export async function metadataIn(
  { metadataXml, metadataUrl }: SamlProperties,
  fetch: GuardedFetch,
): Promise<(ProviderMetadata & { readonly metadataUrl: string | null }) | undefined> {
  if (metadataXml != null && metadataUrl != null)
    throw invalidInput('saml.metadataXml', 'goes without metadataUrl. Leave one of them out.');
  if (metadataXml != null) return { ...understood(metadataXml), metadataUrl: null };
  if (metadataUrl == null) return undefined;
  checkText(metadataUrl, 'saml.metadataUrl', MAX_TEXT_LENGTH);
  const read = await readMetadataAt(metadataUrl, fetch);
  if (typeof read === 'string') throw invalidInput('saml.metadataUrl', read);
  return { ...read, metadataUrl };
}

function understood(xml: string): ProviderMetadata {
  try {
    return readMetadata(xml);
  } catch (error) {
    if (error instanceof SamlRefused)
      throw invalidInput('saml.metadataXml', `can not be read. ${error.message}`);
    throw error;
  }
}

/** What a new connection by SAML knows, with a key of its own. @throws DomainError INVALID_INPUT */
export async function newBySaml(
  { issuer, saml }: { readonly issuer?: string | null; readonly saml?: SamlProperties | null },
  { preset, fetch, sealer }: NewSettings,
) {
  const given = saml ?? {};
  const metadata = await metadataIn(given, fetch);
  const { certificate, privateKey } = await makeKeyPair();
  const fresh: SamlSettings = {
    ...samlDefaults,
    ssoUrl: '',
    certificates: [],
    attributes: samlAttributes[preset],
    ownCertificate: certificate,
    ownKey: await sealerOf(sealer).seal(privateKey, 'saml-key'),
    otherKeyPair: null,
  };
  return {
    issuer: checkEntityId(issuer ?? metadata?.issuer),
    clientId: null,
    clientSecret: null,
    scopes: [],
    ...withMetadataRead(changedSamlSettings(fresh, given, { metadata, fetch })),
    ownCertificateExpiresAt: expiryOf(certificate),
  };
}

/** Settings whose metadata were read just now, if they are read anywhere, and when they are read again. */
export const withMetadataRead = (saml: SamlSettings) => ({
  saml,
  metadataCheckedAt: saml.metadataUrl === null ? null : new Date(),
  metadataCheckAt: saml.metadataUrl === null ? null : new Date(Date.now() + METADATA_AGAIN_MS),
  metadataProblem: null,
});

/** The settings with what is given in place of what was. @throws DomainError INVALID_INPUT */
export function changedSamlSettings(
  before: SamlSettings,
  given: SamlProperties,
  { metadata, fetch }: { readonly metadata: ProviderMetadata | undefined; readonly fetch: GuardedFetch },
): SamlSettings {
  const { issuer: _, ...ofMetadata } = metadata ?? { issuer: '' };
  const known = { ...before, ...ofMetadata };
  const settings: SamlSettings = {
    ...known,
    ssoUrl: checkUrl(given.ssoUrl ?? known.ssoUrl, 'saml.ssoUrl', fetch),
    ssoBinding: given.ssoBinding ?? known.ssoBinding,
    sloUrl: given.sloUrl === undefined ? known.sloUrl : checkSloUrl(given.sloUrl, fetch),
    sloBinding: given.sloBinding ?? known.sloBinding,
    certificates: checkCertificates(given.certificates ?? known.certificates),
    // What the provider's metadata say next would replace those that are given by hand.
    metadataUrl: given.certificates == null ? known.metadataUrl : null,
    wantAssertionsSigned: given.wantAssertionsSigned ?? known.wantAssertionsSigned,
    wantResponseSigned: given.wantResponseSigned ?? known.wantResponseSigned,
    signRequests: given.signRequests ?? known.signRequests,
    nameIdFormat: given.nameIdFormat ?? known.nameIdFormat,
    idpInitiated: given.idpInitiated ?? known.idpInitiated,
    attributes: changedAttributes(known.attributes, given),
  };
  if (!settings.wantAssertionsSigned && !settings.wantResponseSigned)
    throw invalidInput(
      'saml.wantAssertionsSigned',
      'can not be false while wantResponseSigned is: one of the two has to be signed.',
    );
  return settings;
}

function changedAttributes(before: SamlAttributes, given: SamlProperties): SamlAttributes {
  const name = (field: keyof SamlAttributes): string | null => {
    const value = given[`${field}Attribute`];
    if (value === undefined) return before[field];
    const text = orNone(value);
    checkText(text, `saml.${field}Attribute`, MAX_TEXT_LENGTH);
    return text;
  };
  return {
    email: name('email'),
    externalId: name('externalId'),
    displayName: name('displayName'),
    givenName: name('givenName'),
    familyName: name('familyName'),
  };
}

/** What a provider of SAML calls itself; mostly an address, at which nothing is asked. @throws DomainError INVALID_INPUT */
export function checkEntityId(issuer: string | null | undefined): string {
  if (issuer == null || isBlank(issuer))
    throw invalidInput(
      'issuer',
      'is required: enter the entity id of the provider as it writes it, or send its metadata.',
    );
  checkText(issuer, 'issuer', MAX_TEXT_LENGTH);
  return issuer.trim();
}

function checkUrl(url: string, field: string, fetch: GuardedFetch): string {
  if (isBlank(url))
    throw invalidInput(field, 'is required. Copy it from your identity provider, or send its metadata.');
  checkText(url, field, MAX_TEXT_LENGTH);
  try {
    fetch.check(url);
  } catch (error) {
    if (error instanceof FetchRefused) throw invalidInput(field, error.message);
    throw error;
  }
  return url;
}

const checkSloUrl = (url: string | null, fetch: GuardedFetch): string | null =>
  orNone(url) === null ? null : checkUrl(url ?? '', 'saml.sloUrl', fetch);

function checkCertificates(texts: readonly string[]): string[] {
  const field = 'saml.certificates';
  if (texts.length === 0)
    throw invalidInput(field, 'are required. Copy what the provider signs with, or send its metadata.');
  if (texts.length > MAX_CERTIFICATES)
    throw invalidInput(field, `are more than ${MAX_CERTIFICATES}. Leave out those that are used no more.`);
  return [
    ...new Set(
      texts.map((text, index): string => {
        const read: ReadCertificate | string = readCertificate(text);
        if (typeof read === 'string') throw invalidInput(field, `number ${index + 1} ${read}`);
        return read.pem;
      }),
    ),
  ];
}

/** What the log tells of the settings, flat; nothing of our key, and of certificates their fingerprints. */
export function shownOfSaml(saml: SamlSettings | null): { readonly nameIdFormat?: NameIdFormat } {
  if (saml === null) return {};
  const { attributes, certificates, ...shown } = withoutOwnKeys(saml);
  const names = Object.entries(attributes).map(([field, name]) => [`${field}Attribute`, name]);
  return { ...shown, ...Object.fromEntries(names), certificates: certificates.map(fingerprintOf) };
}
