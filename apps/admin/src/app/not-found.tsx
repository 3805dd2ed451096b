'use client';
import { Button, Stack, Text, Title } from '@mantine/core';
import Link from 'next/link';

export default function NotFound() {
  return (
    <Stack align="center" justify="center" mih="100dvh" gap="xs">
      <Title order={1}>There is no such page</Title>
      <Text c="dimmed">The address may be mistyped, or the page has moved.</Text>
      <Button component={Link} href="/activity" mt="sm">
        Go to the activity
      </Button>
    </Stack>
  );
}
