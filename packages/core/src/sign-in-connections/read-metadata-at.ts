import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { type ProviderMetadata, readMetadata } from '../saml/read-metadata.ts';
import { SamlRefused } from '../saml/saml-refused.ts';

/** How soon the metadata of a provider are read again. */
export const METADATA_AGAIN_MS = 24 * 60 * 60 * 1000;

/** What a provider's metadata say where they are; why they can not be read, as a sentence, where they can not. */
export async function readMetadataAt(url: string, fetch: GuardedFetch): Promise<ProviderMetadata | string> {
  try {
    const answer = await fetch(url, { headers: { accept: 'application/samlmetadata+xml, application/xml' } });
    if (answer.ok) return readMetadata(await answer.text());
    return `It answers ${answer.status}. Open the address in a browser, or send metadataXml.`;
  } catch (error) {
    if (error instanceof FetchRefused || error instanceof SamlRefused) return error.message;
    throw error;
  }
}
