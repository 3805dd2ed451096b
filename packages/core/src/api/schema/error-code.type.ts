import { errorCodes } from '../../errors/domain-error.ts';
import { declareEnum } from './enums.ts';

export const ErrorCodeEnum = declareEnum(
  'ErrorCode',
  'Every way in which a request can be refused.',
  errorCodes,
);
