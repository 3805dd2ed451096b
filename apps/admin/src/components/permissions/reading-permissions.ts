/** Whether a permission only reads; the built-in ids end in what they allow, such as `users:read`. */
function onlyReads(permissionId: string): boolean {
  return /[:._]read$/i.test(permissionId);
}

/** Those that only read: what a new role or token starts with. */
export function defaultPermissions(permissions: readonly { id: string }[]): string[] {
  return permissions.map(({ id }) => id).filter(onlyReads);
}
