import type { Preset, SignInConnection } from './api/sign-in-connections.ts';
import { type PresetWords, presets } from './presets.ts';
import { samlPresets } from './saml-presets.ts';

export type Protocol = SignInConnection['protocol'];

/** What both protocols have words for. */
export type CommonWords = Pick<PresetWords, 'label' | 'steps' | 'linkRule' | 'linkHint' | 'groups'>;

/** The words of a provider for a protocol. */
export const wordsOf = (preset: Preset, protocol: Protocol): CommonWords =>
  protocol === 'SAML' ? { label: presets[preset].label, ...samlPresets[preset] } : presets[preset];

/** By which protocols the set-up of a provider is shown, the usual one first. */
export const protocolsOf = (preset: Preset): readonly Protocol[] =>
  preset === 'ONELOGIN' || preset === 'PING' || preset === 'JUMPCLOUD' ? ['SAML'] : ['OIDC', 'SAML'];

/** The protocol that the URL asks for, where the provider has it. */
export const protocolFrom = (preset: Preset, text: string | null): Protocol =>
  protocolsOf(preset).find((each) => each === text) ?? protocolsOf(preset)[0] ?? 'OIDC';
