'use client';
import { ActionIcon, Alert, Button, Group, Menu, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconDots,
  IconHourglass,
  IconKey,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type Stream, type StreamOfConnection, useSignalStream } from '../api/signal-stream.ts';
import { DeleteStreamModal } from './delete-stream-modal.tsx';
import { RotateSignalTokenModal } from './rotate-signal-token-modal.tsx';
import { StreamModal } from './stream-modal.tsx';

const failing: StateLook = { color: 'red', icon: IconAlertTriangle, label: 'Nothing arrives' };
const receiving: StateLook = { color: 'teal', icon: IconCircleCheck, label: 'Receiving' };
const waiting: StateLook = { color: 'yellow', icon: IconHourglass, label: 'Waiting for the first event' };

function lookOf({ problem, lastReceivedAt, verifiedAt }: Stream): StateLook {
  if (problem !== null) return failing;
  return lastReceivedAt === null && verifiedAt === null ? waiting : receiving;
}

function StreamFacts({ stream, signalsUri }: { stream: Stream; signalsUri: string }) {
  const isPush = stream.delivery === 'PUSH';
  return (
    <Stack gap="md">
      {stream.problem && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="note">
          <span style={{ overflowWrap: 'anywhere' }}>{stream.problem}</span>
        </Alert>
      )}
      {isPush && (
        <div>
          <Text c="dimmed" mb={6}>
            Push endpoint: where the transmitter sends events.
          </Text>
          <CopyableCode value={signalsUri} label="push endpoint" block />
        </div>
      )}
      <DefinitionList
        items={[
          { term: 'Issuer', value: stream.issuer },
          { term: 'Audience', value: stream.audience },
          { term: 'Delivery', value: isPush ? 'Pushed by the transmitter' : 'Fetched from the transmitter' },
          { term: 'Fetched at', value: stream.pollUrl },
          { term: 'Its token', value: stream.lastFour && `ends in …${stream.lastFour}` },
          {
            term: 'Old token until',
            value: stream.overlapEndsAt && <TimeAgo at={stream.overlapEndsAt} />,
          },
          { term: 'Last event', value: <TimeAgo at={stream.lastReceivedAt} /> },
          { term: 'Verified', value: <TimeAgo at={stream.verifiedAt} /> },
        ]}
      />
    </Stack>
  );
}

type Opened = 'set' | 'rotate' | 'delete';

function Actions({ stream, onOpen }: { stream: Stream; onOpen: (what: Opened) => void }) {
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Actions for the stream of security events">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onOpen('set')}>
          Change
        </Menu.Item>
        {stream.delivery === 'PUSH' && (
          <Menu.Item leftSection={<IconKey size={15} />} onClick={() => onOpen('rotate')}>
            Rotate its token
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => onOpen('delete')}>
          End the stream
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Content({ connection, issuer }: { connection: StreamOfConnection; issuer: string }) {
  const { id, signalStream: stream, signalsUri } = connection;
  const [open, setOpen] = useState<Opened>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Stack gap="md">
        {stream ? (
          <>
            <Group justify="space-between">
              <StateBadge look={lookOf(stream)} />
              <Actions stream={stream} onOpen={setOpen} />
            </Group>
            <StreamFacts stream={stream} signalsUri={signalsUri} />
          </>
        ) : (
          <>
            <Text c="dimmed">
              A provider that shares signals (OpenID Shared Signals, CAEP) ends sessions here as soon as a
              session is revoked or a credential changes there.
            </Text>
            <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen('set')}>
              Set up a stream
            </Button>
          </>
        )}
      </Stack>
      {open === 'set' && (
        <StreamModal signInConnectionId={id} stream={stream} issuer={issuer} onClose={close} />
      )}
      {open === 'rotate' && <RotateSignalTokenModal signInConnectionId={id} onClose={close} />}
      {open === 'delete' && <DeleteStreamModal signInConnectionId={id} onClose={close} />}
    </>
  );
}

/** By which security events of the provider access ends here. */
export function SignalStream({ id, issuer }: { id: string; issuer: string }) {
  const { connection, error, refetch } = useSignalStream(id);
  return (
    <Section title="Security events">
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {connection && <Content connection={connection} issuer={issuer} />}
    </Section>
  );
}
