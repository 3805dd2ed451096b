import { apiLimits } from '@rollcall/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LivePlaces, type SocketPlaces } from '../src/graphql/live-places.ts';

const owner = { credential: 'digest', accountId: 'account' };

/** Opens sockets of the owner, and takes all places that one credential may have. */
function fill(places: LivePlaces): SocketPlaces[] {
  const { maxSubscriptionsPerCredential, maxSubscriptionsPerSocket } = apiLimits;
  return Array.from({ length: maxSubscriptionsPerCredential / maxSubscriptionsPerSocket }, () => {
    const socket = places.admit(owner);
    for (let id = 0; id < maxSubscriptionsPerSocket; id += 1) expect(socket?.take(`${id}`)).toBeUndefined();
    if (socket === undefined) throw new Error('There is room.');
    return socket;
  });
}

/** Takes, releases and closes of sockets in any order; ids are few, so that they come again. */
const step = fc.record({
  socket: fc.nat({ max: 3 }),
  id: fc.nat({ max: 2 }).map(String),
  act: fc.constantFrom('take', 'take', 'release', 'close'),
});

test('whatever sockets did in whatever order, once they are closed every place is free again', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const places = new LivePlaces();
      const sockets = Array.from({ length: 4 }, () => places.admit(owner));
      for (const { socket, id, act } of steps) {
        if (act === 'close') sockets[socket]?.close();
        else sockets[socket]?.[act](id);
      }
      for (const socket of sockets) socket?.close();
      const full = fill(places);
      expect(places.admit(owner)?.take('one more')?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
      for (const socket of full) socket.close();
      fill(places);
    }),
    { numRuns: 50 },
  );
});

test('an operation that was no subscription gives back no place', () => {
  const [socket] = fill(new LivePlaces());
  socket?.release('a query');
  expect(socket?.take('one more')?.extensions.limit).toBe(apiLimits.maxSubscriptionsPerSocket);
});
