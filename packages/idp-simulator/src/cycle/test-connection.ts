import { listResponseSchema } from '../scim/resources.ts';
import { RequestFailed, type Session } from './session.ts';

/** Does what "Test Connection" does and says whether it would turn green; failures are logged. */
export async function testConnection(session: Session, seed: number): Promise<boolean> {
  const checks = session.dialect.connectionChecks(seed);
  let done = 0;
  for (const { request, wantsEmptyList } of checks) {
    const answer = await session.send(request);
    if (!answer.ok) return false;
    try {
      const list = session.read(listResponseSchema, request, answer);
      if (wantsEmptyList && (list.totalResults !== 0 || list.Resources.length !== 0)) {
        session.log.failed(request, answer.status, 'nobody has this name, so the list must be empty');
        return false;
      }
    } catch (error) {
      if (error instanceof RequestFailed) return false;
      throw error;
    }
    done += 1;
    session.onProgress({ cycle: undefined, phase: 'test-connection', done, total: checks.length });
  }
  return true;
}
