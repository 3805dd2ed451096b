'use client';
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import type { PersonDetails } from '../api/person.ts';
import { useGrantRole, useRoleChoices } from '../api/person-grants.ts';
import { useRehearsedGrant } from '../api/standing.ts';
import { PersonRehearsal } from './person-rehearsal.tsx';

/** Gives a person a role by hand, after showing what the server would do then, or why it would refuse. */
export function GrantRoleModal({ person, onClose }: { person: PersonDetails; onClose(): void }) {
  const name = personName(person);
  const choices = useRoleChoices();
  const [roleId, setRoleId] = useState<string | null>(null);
  const [grant, { loading, error, reset }] = useGrantRole();
  const { rehearsal, refusal, waiting } = useRehearsedGrant(person.id, roleId);
  const { at, other } = refusalAt(error ?? refusal, ['roleId']);
  const byHand = person.roles
    .filter(({ because }) => because.some(({ source }) => source === 'MANUAL'))
    .map(({ role }) => role.id);
  const chosen = choices?.find(({ id }) => id === roleId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    const input = { userId: person.id, roleId: chosen.id };
    // The form shows a refusal through `error`.
    const result = await grant({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${name} has the role ${chosen.name}` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Give ${name} a role`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {Boolean(other) && <ErrorState error={other} />}
          <Select
            label="Role"
            placeholder="Choose"
            data-autofocus
            searchable
            data={choices
              ?.filter(({ id }) => !byHand.includes(id))
              .map(({ id, name: label }) => ({ value: id, label }))}
            value={roleId}
            onChange={(value) => {
              setRoleId(value);
              reset();
            }}
            error={at.roleId}
          />
          <Text c="dimmed">
            {chosen?.description ?? 'A role that is given by hand stays until it is taken back by hand.'}
          </Text>
          {roleId && !refusal && <PersonRehearsal rehearsal={waiting ? undefined : rehearsal} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={!chosen || waiting || Boolean(refusal)}>
              Give the role
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
