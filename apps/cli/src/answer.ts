import type { Surroundings } from './surroundings.ts';

/** What a command has to say: for programs as data, for people as text. */
export interface Answer {
  data: unknown;
  text: string;
}

/** Prints the data as one line of JSON, or the text; nothing else goes to standard output. */
export function printAnswer(
  { data, text }: Answer,
  { json }: { json?: boolean },
  surroundings: Surroundings,
): void {
  surroundings.writeOut(json ? `${JSON.stringify(data)}\n` : text);
}
