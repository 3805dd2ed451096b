import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ArrivedMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

/** A mail server that takes what is sent to anybody. */
export interface MailServer {
  /** Such as `smtp://127.0.0.1:40025`. */
  readonly url: string;
  /** All mails that arrived, oldest first. */
  readonly mails: readonly ArrivedMail[];
  /** The first mail to an address that nobody was given before; waits for it. */
  mailTo(address: string): Promise<ArrivedMail>;
  /** Refuses recipients with this code from now on, such as 451 (later) or 550 (never); undefined takes them again. */
  refuse(code: number | undefined): void;
  /** How many recipients were refused. */
  readonly refusals: number;
  /** Waits until one more recipient is refused. */
  nextRefusal(): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a mail server on a port that is free. */
export async function openMailServer(): Promise<MailServer> {
  const mails: ArrivedMail[] = [];
  const given = new Set<ArrivedMail>();
  let refusing: number | undefined;
  let refusals = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, done) {
      if (refusing === undefined) return done();
      refusals += 1;
      server.emit('refused');
      done(Object.assign(new Error('not now'), { responseCode: refusing }));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(arrived(mail));
          server.emit('arrived');
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async mailTo(address) {
      for (;;) {
        const mail = mails.find((each) => each.to === address && !given.has(each));
        if (mail !== undefined) {
          given.add(mail);
          return mail;
        }
        await once(server, 'arrived');
      }
    },
    refuse(code) {
      refusing = code;
    },
    get refusals() {
      return refusals;
    },
    nextRefusal: () => once(server, 'refused'),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function arrived({ to, from, subject, text, html, messageId }: ParsedMail): ArrivedMail {
  const recipients = [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
  return {
    to: recipients.join(', '),
    from: from?.text ?? '',
    subject: subject ?? '',
    text: text ?? '',
    html: html || '',
    messageId: messageId ?? '',
  };
}
