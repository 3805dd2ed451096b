import type { SecondFactorName } from '../../model/second-factor.entities.ts';
import { declareEnum } from './enums.ts';

const descriptions: Record<SecondFactorName, string> = {
  TOTP: 'A code of an authenticator app.',
  PASSKEY: 'A passkey: of a device, a security key or a password manager.',
  RECOVERY_CODE: 'A recovery code, in place of one of the others.',
};

export const SecondFactor = declareEnum(
  'SecondFactor',
  'What somebody shows beside their password, to prove who they are.',
  descriptions,
);
