'use client';
import { Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { SecretPanel } from './secret-panel.tsx';

interface SecretModalProps {
  title: string;
  onClose: () => void;
  children: (showSecret: (secret: string) => void) => ReactNode;
}

/** A form that ends in a secret. From then on neither Escape nor a click outside closes it. */
export function SecretModal({ title, onClose, children }: SecretModalProps) {
  const [secret, setSecret] = useState<string>();
  const locked = secret !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={locked ? 'The new secret' : title}
      size="md"
      withCloseButton={!locked}
      closeOnEscape={!locked}
      closeOnClickOutside={false}
    >
      {locked ? <SecretPanel secret={secret} onDone={onClose} /> : children(setSecret)}
    </Modal>
  );
}
