import type { FastifyRequest } from 'fastify';
import { searchQueryOf } from './query.ts';

/** Whether a PATCH is answered with the resource, and because of which preference of the client, if of any. */
export interface PatchAnswer {
  readonly showsResource: boolean;
  /** For the header Preference-Applied (RFC 7240 §3). */
  readonly applied: string | undefined;
}

/**
 * How a PATCH is answered: with the resource when `attributes` asks for some of it (RFC 7644 §3.5.2), else as the client
 * prefers (RFC 7240 §4.2), else as is usual. A preference that can't be followed is passed over.
 */
export async function patchAnswerOf(
  request: FastifyRequest,
  isShownUsually: () => boolean | Promise<boolean>,
): Promise<PatchAnswer> {
  const preferred = preferredReturn(request);
  const asksForSome = searchQueryOf(request).attributes !== undefined;
  const showsResource =
    asksForSome || (preferred === undefined ? await isShownUsually() : preferred === 'representation');
  const isFollowed = preferred === (showsResource ? 'representation' : 'minimal');
  return { showsResource, applied: isFollowed ? `return=${preferred}` : undefined };
}

/** Of several the first counts (RFC 7240 §2). */
function preferredReturn({ headers: { prefer = [] } }: FastifyRequest): string | undefined {
  const given = [prefer].flat().flatMap((header) => header.split(','));
  const [, wanted] = given.map((one) => returning.exec(one)).find((found) => found !== null) ?? [];
  return wanted?.toLowerCase();
}

const returning = /^\s*return\s*=\s*"?(minimal|representation)"?\s*(?:;.*)?$/i;
