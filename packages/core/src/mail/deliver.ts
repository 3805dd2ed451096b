import { createTransport } from 'nodemailer';
import type { Mail } from './mail-text.ts';

/** By which server mails are sent, and from whom they are. */
export interface MailSettings {
  /** Such as `smtps://user:password@smtp.example.com`. */
  readonly smtpUrl: string;
  /** Such as `Rollcall <no-reply@example.com>`. */
  readonly from: string;
}

/** The server takes no mail for this recipient, now or later. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

/** How long the server may take for each step; all of them together take less than a process is given for a mail. */
const STEP_MS = 15_000;

/** Hands mails over to a server. */
export interface Delivery {
  /** Resolves when the server has taken the mail. @throws MailRefused */
  deliver(mail: Mail, id: string): Promise<void>;
  close(): void;
}

export function openDelivery({ smtpUrl, from }: MailSettings): Delivery {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
  });
  return {
    async deliver({ to, subject, text, html }, id) {
      // By the same id a mailbox knows a mail that comes twice, because the server's answer was lost.
      const headers = { 'Auto-Submitted': 'auto-generated' };
      const messageId = `<${id}@rollcall>`;
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          headers,
        });
      } catch (error) {
        if (isRefusal(error)) throw new MailRefused(error.message, { cause: error });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** Did the server refuse the recipient for good (RFC 5321 §4.2.1: 5yz)? What is wrong with our login may be put right. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;
