'use client';
import { Text } from '@mantine/core';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import type { Addresses } from '../api/sign-in-connections.ts';
import type { SetUpStep } from '../presets.ts';
import classes from './sign-in-settings.module.css';

const labels = { redirectUri: 'redirect URI', initiateLoginUri: 'initiate login URI' } as const;

/** What to do at the provider, step by step, with what is to be pasted there. */
export function ProviderSteps({ steps, addresses }: { steps: readonly SetUpStep[]; addresses: Addresses }) {
  return (
    <ol className={classes.steps}>
      {steps.map(({ text, copy }) => (
        <li key={text} className={classes.step}>
          <div>
            <Text>{text}</Text>
            {copy && (
              <div className={classes.copied}>
                <CopyableCode value={addresses[copy]} label={labels[copy]} block />
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
