import { toApiError } from './api-error.ts';

/** What the server says of the fields of a form; `other` is an error about none of them. */
export interface Refusal<Field extends string> {
  at: Partial<Record<Field, string>>;
  other: unknown;
}

const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Sorts an error to the field that it is about, in the server's words without the field's name before them. */
export function refusalAt<Field extends string>(error: unknown, fields: readonly Field[]): Refusal<Field> {
  if (!error) return { at: {}, other: undefined };
  const { field: named, message } = toApiError(error);
  const field = fields.find((each) => each === named);
  if (field === undefined) return { at: {}, other: error };
  const words = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return { at: { [field]: capitalized(words) } as Partial<Record<Field, string>>, other: undefined };
}

/** Whether the server refused only because it takes from whoever asks the right to undo it, and asks if that is meant. */
export function losesOwnAccess(error: unknown): boolean {
  return Boolean(error) && toApiError(error).field === 'evenIfILoseAccess';
}
