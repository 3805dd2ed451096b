export { defaultLimits, type ScimLimits } from './adapter/limits.ts';
export { decodeBodies } from './http/decode-body.ts';
export { errorAnswerer } from './http/error-answer.ts';
export { TooManyValues } from './http/read-body.ts';
export { maxBodyValues, readJson } from './http/read-json.ts';
export { type ScimPluginOptions, scimPlugin } from './plugin.ts';
