/** The options that every command takes. */
export interface GlobalOptions {
  url?: string;
  json?: boolean;
}
