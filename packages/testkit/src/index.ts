export { type DatabaseProxy, openDatabaseProxy } from './database-proxy.ts';
export { type ArrivedMail, type MailServer, openMailServer } from './mail-server.ts';
export { totpCode } from './totp-code.ts';
export { type LockKind, waitingStatements } from './waiting-statements.ts';
export {
  type AccountWorld,
  type Actor,
  createWorld,
  type Refusal,
  type StartCore,
  type StartedCore,
  type Subscribed,
  type World,
} from './world.ts';
