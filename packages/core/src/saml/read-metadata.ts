import type { SamlBinding } from '../model/saml-settings.ts';
import { MAX_CERTIFICATES, type ReadCertificate, readCertificate } from './certificates.ts';
import { bindings, DSIG, METADATA, SAMLP } from './namespaces.ts';
import { SamlRefused } from './saml-refused.ts';
import { attributeOf, children, elementsIn, isNamed, onlyChild, readFile, textOf } from './xml.ts';

/** What the metadata of a provider say of it. */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly ssoUrl: string;
  readonly ssoBinding: SamlBinding;
  readonly sloUrl: string | null;
  readonly sloBinding: SamlBinding;
  readonly certificates: readonly string[];
}

/** Reads the metadata of one provider (SAML 2.0 Metadata). @throws SamlRefused */
export function readMetadata(xml: string): ProviderMetadata {
  const root = readFile(xml, 'The metadata');
  const entities = isNamed(root, METADATA, 'EntitiesDescriptor')
    ? children(root, METADATA, 'EntityDescriptor')
    : [root].filter((each) => isNamed(each, METADATA, 'EntityDescriptor'));
  const providers = entities.filter((each) => children(each, METADATA, 'IDPSSODescriptor').length > 0);
  const [entity, another] = providers;
  if (entity === undefined)
    throw new SamlRefused(
      'The metadata have no EntityDescriptor with an IDPSSODescriptor: copy those of the provider, not ours.',
    );
  if (another !== undefined)
    throw new SamlRefused('The metadata are of several providers: copy those of one.');
  const provider = onlyChild(entity, METADATA, 'IDPSSODescriptor');
  const protocols = (attributeOf(provider, 'protocolSupportEnumeration') ?? '').split(/\s+/);
  if (!protocols.includes(SAMLP)) throw new SamlRefused('The provider does not speak SAML 2.0.');
  const issuer = attributeOf(entity, 'entityID');
  if (issuer === null || issuer === '') throw new SamlRefused('The metadata have no entityID.');
  const sso = endpointOf(provider, 'SingleSignOnService');
  if (sso === undefined)
    throw new SamlRefused(
      'The metadata have no SingleSignOnService with the binding HTTP-Redirect or HTTP-POST.',
    );
  const slo = endpointOf(provider, 'SingleLogoutService');
  return {
    issuer,
    ssoUrl: sso.url,
    ssoBinding: sso.binding,
    sloUrl: slo?.url ?? null,
    sloBinding: slo?.binding ?? 'REDIRECT',
    certificates: signingCertificates(provider),
  };
}

/** By redirect where the provider takes that, since a browser follows it without a page of ours. */
function endpointOf(
  provider: Element,
  name: string,
): { readonly url: string; readonly binding: SamlBinding } | undefined {
  const endpoints = children(provider, METADATA, name);
  for (const binding of ['REDIRECT', 'POST'] as const) {
    const found = endpoints.find((each) => attributeOf(each, 'Binding') === bindings[binding]);
    const url = found && attributeOf(found, 'Location');
    if (url != null) return { url, binding };
  }
  return undefined;
}

function signingCertificates(provider: Element): string[] {
  const read = children(provider, METADATA, 'KeyDescriptor')
    .filter((key) => attributeOf(key, 'use') !== 'encryption')
    .flatMap((key) => [...elementsIn(key)].filter((each) => isNamed(each, DSIG, 'X509Certificate')))
    .map((each) => readCertificate(textOf(each)));
  const usable = read.filter((each): each is ReadCertificate => typeof each !== 'string');
  const certificates = [...new Set(usable.map(({ pem }) => pem))];
  if (certificates.length > MAX_CERTIFICATES)
    throw new SamlRefused(`The metadata have more than ${MAX_CERTIFICATES} certificates.`);
  if (certificates.length > 0) return certificates;
  const [wrong = 'is not there.'] = read;
  throw new SamlRefused(`The certificate that the provider signs with ${wrong}`);
}
