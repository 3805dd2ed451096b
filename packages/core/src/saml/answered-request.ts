import { decodeMessage } from './decode-message.ts';
import { SamlRefused } from './saml-refused.ts';
import { attributeOf, readMessage } from './xml.ts';

/**
 * The id of the request that the form field SAMLResponse says it answers. Nothing of it is verified: it tells where to look, and
 * not whom to believe.
 */
export function answeredRequest(samlResponse: string): string | null {
  try {
    return attributeOf(readMessage(decodeMessage(samlResponse), 'The response'), 'InResponseTo');
  } catch (error) {
    if (error instanceof SamlRefused) return null;
    throw error;
  }
}
