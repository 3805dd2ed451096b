import type { WebsocketPluginOptions } from '@fastify/websocket';

/** Most bytes of one message that a client sends. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Close codes of RFC 6455 §7.4.1 and its registry. */
const GOING_AWAY = 1001;
export const TRY_AGAIN_LATER = 1013;

/** How long a client may take to say goodbye when the server stops. */
const GOODBYE_WITHIN_MS = 2000;

/** WebSockets are told when the server stops, so that their clients come again. */
export const socketOptions: WebsocketPluginOptions = {
  options: { maxPayload: MAX_MESSAGE_BYTES },
  preClose(done) {
    const { clients } = this.websocketServer;
    for (const client of clients) client.close(GOING_AWAY, 'The server is stopping. Connect again.');
    setTimeout(() => {
      for (const client of clients) client.terminate();
    }, GOODBYE_WITHIN_MS).unref();
    this.websocketServer.close();
    done();
  },
};
