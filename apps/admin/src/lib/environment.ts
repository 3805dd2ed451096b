/** Where the server listens; read when the app starts, so that one build serves any port. */
export function serverUrl(): string {
  return process.env.ROLLCALL_SERVER_URL ?? 'http://127.0.0.1:4000';
}
