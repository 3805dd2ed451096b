'use client';
import { Text } from '@mantine/core';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import type { Addresses } from '../api/sign-in-connections.ts';
import type { SetUpStep } from '../presets.ts';
import type { Protocol } from '../words.ts';
import classes from './sign-in-settings.module.css';

const labels: Record<Protocol, Record<NonNullable<SetUpStep['copy']>, string>> = {
  OIDC: { redirectUri: 'redirect URI', initiateLoginUri: 'initiate login URI', entityId: 'entity ID' },
  SAML: { redirectUri: 'ACS URL', initiateLoginUri: 'login URL', entityId: 'entity ID' },
};

interface ProviderStepsProps {
  steps: readonly SetUpStep[];
  protocol: Protocol;
  addresses: Addresses;
}

/** What to do at the provider, step by step, with what is to be pasted there. */
export function ProviderSteps({ steps, protocol, addresses }: ProviderStepsProps) {
  return (
    <ol className={classes.steps}>
      {steps.map(({ text, copy }) => (
        <li key={text} className={classes.step}>
          <div>
            <Text>{text}</Text>
            {copy && (
              <div className={classes.copied}>
                <CopyableCode value={addresses[copy] ?? ''} label={labels[protocol][copy]} block />
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
