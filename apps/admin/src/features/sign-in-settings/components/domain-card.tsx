'use client';
import { ActionIcon, Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { toApiError } from '@/lib/graphql/api-error.ts';
import { type Domain, useVerifyDomain } from '../api/domains.ts';
import { domainLooks } from '../domain-looks.ts';
import classes from './sign-in-settings.module.css';

function Warning({ domain }: { domain: Domain }) {
  if (domain.status === 'MISSING')
    return (
      <Alert
        color="yellow"
        variant="light"
        icon={<IconAlertTriangle size={18} />}
        title="The TXT record is gone"
      >
        Missing <TimeAgo at={domain.missingSince} />. If it stays away, the domain leads nobody to your
        provider any more <TimeAgo at={domain.lostAt} />. Put it back as below.
      </Alert>
    );
  if (domain.status === 'LOST')
    return (
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title="No longer proven">
        The TXT record was away for a week. Put it back as below and check again.
      </Alert>
    );
  return null;
}

/** What is to be published in the DNS. */
function TxtRecord({ domain }: { domain: Domain }) {
  return (
    <div className={classes.record}>
      <DefinitionList
        items={[
          { term: 'Type', value: 'TXT' },
          { term: 'Name', value: <CopyableCode value={domain.txtName} label="record name" /> },
          { term: 'Value', value: <CopyableCode value={domain.txtValue} label="record value" /> },
        ]}
      />
    </div>
  );
}

/** What the DNS said just now. */
function Answer({ check }: { check: ReturnType<typeof useVerifyDomain>[1] }) {
  if (check.error)
    return (
      <Text role="alert" size="xs" style={{ overflowWrap: 'anywhere' }}>
        {toApiError(check.error).message.replace(/^id: is/, 'It is')}
      </Text>
    );
  const answer = check.data?.verifyDomain;
  if (!answer || answer.domain.status === 'PROVEN') return null;
  return (
    <Text role="status" size="xs" style={{ overflowWrap: 'anywhere' }}>
      {answer.found.length === 0
        ? 'The DNS has no TXT record there.'
        : `The DNS has something else there: ${answer.found.map((text) => `“${text}”`).join(', ')}.`}
    </Text>
  );
}

/** A domain: whether it is proven, what proves it, and what the DNS says now. */
export function DomainCard({ domain, onRemove }: { domain: Domain; onRemove: () => void }) {
  const [verify, check] = useVerifyDomain();
  const proven = domain.status === 'PROVEN';
  return (
    <Stack gap="xs" role="group" aria-label={domain.name}>
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <Text fw={500}>{domain.name}</Text>
          <StateBadge look={domainLooks[domain.status]} />
          {domain.checkedAt && (
            <Text c="dimmed" size="xs">
              checked <TimeAgo at={domain.checkedAt} />
            </Text>
          )}
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            loading={check.loading}
            onClick={() => verify({ variables: { input: { id: domain.id } } }).catch(() => undefined)}
          >
            Check now
          </Button>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${domain.name}`} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <Warning domain={domain} />
      {!proven && <TxtRecord domain={domain} />}
      <Answer check={check} />
    </Stack>
  );
}
