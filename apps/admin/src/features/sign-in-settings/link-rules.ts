import { enumWords } from '@/components/events/value-words.ts';
import type { LinkRule } from './api/sign-in-connections.ts';

interface RuleWords {
  readonly value: LinkRule;
  readonly label: string;
  readonly description: string;
}

/** By what the first sign-in finds somebody, a sentence each. */
export const linkRules: readonly RuleWords[] = [
  {
    value: 'EXTERNAL_ID',
    label: enumWords.SignInLinkRule.EXTERNAL_ID,
    description:
      'The first sign-in finds the person whom the same provider sent over SCIM, by their external id. Whoever may do more than the default roles is not linked by it.',
  },
  {
    value: 'VERIFIED_EMAIL',
    label: enumWords.SignInLinkRule.VERIFIED_EMAIL,
    description:
      'The first sign-in finds the person whose userName is the address, if the provider has verified it and this account has proven its domain.',
  },
  {
    value: 'NONE',
    label: enumWords.SignInLinkRule.NONE,
    description: 'Only those sign in who are linked already. Link people by hand on their page.',
  },
];
