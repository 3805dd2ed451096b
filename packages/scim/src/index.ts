export { errorAnswerer } from './http/error-answer.ts';
export { defaultLimits, type ScimLimits } from './limits.ts';
export { type ScimPluginOptions, scimPlugin } from './plugin.ts';
