import { Alert, Anchor } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';

/** Another site began a sign-in here; it goes on only if somebody wants it. */
export function Confirmation({ path }: { path: string }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconInfoCircle size={18} />}
      title="Another site sent you here to sign in"
      role="status"
    >
      You may be signed in already. Going on signs you out here and in at the identity provider that the other
      site chose.{' '}
      <Anchor href={path} size="sm">
        Go on to sign in
      </Anchor>
    </Alert>
  );
}
