/**
 * Ends the session and leaves for the sign-in page, with nothing of it left in memory; by way of the identity provider, where
 * that is to end its own session too.
 */
export async function signOut(): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/auth/sign-out', { method: 'POST', headers, body: '{}' }).catch(
    () => undefined,
  );
  const said: { redirectUrl?: string } = answer?.status === 200 ? await answer.json().catch(() => ({})) : {};
  window.location.assign(said.redirectUrl ?? '/sign-in');
}
