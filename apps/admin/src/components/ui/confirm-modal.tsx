'use client';
import type { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';

interface ConfirmModalProps<Data, Input> {
  question: string;
  /** What comes of it; not shown where it is refused already. */
  children: ReactNode;
  /** The verb on the button; undefined where there is nothing to do. */
  act: string | undefined;
  /** Of the act; red unless it gives instead of takes. */
  color?: 'red' | 'primary';
  /** The way out, which has the focus. */
  keep?: string;
  mutation: useMutation.ResultTuple<Data, { input: Input }>;
  input: NoInfer<Input>;
  /** What is told once it is done. */
  done: string | ((data: NoInfer<Data>) => string);
  /** Whether what comes of it is still being worked out. */
  waiting?: boolean;
  /** Why the server would refuse it, where that is known before. */
  refusal?: unknown;
  onClose(): void;
  /** Instead of `onClose`, once it is done. */
  onDone?(): void;
}

/** Asks before an act: the question, its consequence, and the mutation that does it; a refusal is shown in place. */
export function ConfirmModal<Data, Input>(props: ConfirmModalProps<Data, Input>) {
  const { question, children, act, color = 'red', keep = 'Keep it', input, waiting, refusal } = props;
  const { onClose, onDone = onClose } = props;
  const [mutate, { loading, error }] = props.mutation;
  const submit = async () => {
    // The dialog shows a refusal through `error`.
    const result = await mutate({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    const { done } = props;
    notifications.show({ message: typeof done === 'string' ? done : done(result.data) });
    onDone();
  };
  const refused = error ?? refusal;
  return (
    <Modal opened onClose={onClose} title={question}>
      <Stack gap="md">
        {Boolean(refused) && <ErrorState error={refused} />}
        {!refusal && children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {refusal || act === undefined ? 'Close' : keep}
          </Button>
          {act !== undefined && (
            <Button
              color={color === 'red' ? 'red' : undefined}
              loading={loading}
              disabled={waiting || Boolean(refusal)}
              onClick={submit}
            >
              {act}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
