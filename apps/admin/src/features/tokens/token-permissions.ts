/** Whether a permission only reads; the built-in ids end in what they allow, such as `users:read`. */
function onlyReads(permissionId: string): boolean {
  return /[:._]read$/i.test(permissionId);
}

/** The permissions that a new API token starts with: reading, nothing else. */
export function defaultPermissions(permissions: readonly { id: string }[]): string[] {
  return permissions.map(({ id }) => id).filter(onlyReads);
}
