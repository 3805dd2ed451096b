'use client';
import { useEffect, useState } from 'react';
import { z } from 'zod';

const answer = z.object({ data: z.object({ features: z.object({ mail: z.boolean() }) }) });

/** Does this installation send mails? Undefined until that is known; whoever asks has no session. */
export function useSendsMail(): boolean | undefined {
  const [sendsMail, setSendsMail] = useState<boolean>();
  useEffect(() => {
    const leaving = new AbortController();
    fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query Features { features { mail } }' }),
      signal: leaving.signal,
    })
      .then(async (response) => setSendsMail(answer.parse(await response.json()).data.features.mail))
      // Whether it does, the request for a link tells as well.
      .catch(() => {});
    return () => leaving.abort();
  }, []);
  return sendsMail;
}
