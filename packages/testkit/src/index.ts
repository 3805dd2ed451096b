export {
  type AccountWorld,
  type Actor,
  createWorld,
  type Refusal,
  type StartCore,
  type StartedCore,
  type World,
} from './world.ts';
