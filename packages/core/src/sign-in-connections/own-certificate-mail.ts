import { line, type Mail, mailOf } from '../mail/mail-text.ts';
import { moment } from '../tokens/expiry-mail.ts';

/** A sign-in connection by SAML that a mail warns of, since the certificate ends that we sign with. */
export interface ExpiringCertificate {
  readonly account_id: string;
  readonly account_name: string;
  readonly id: string;
  readonly name: string;
  readonly expires_at: Date;
}

/** Tells somebody who may renew the key pair until when our certificate is valid, and how it is renewed. */
export function ownCertificateMail(
  to: string,
  { account_name, id, name, expires_at }: ExpiringCertificate,
  adminUrl: string,
): Mail {
  const [account, connection] = [line(account_name), line(name)];
  return mailOf(
    to,
    `A certificate of the sign-in connection ${connection} of ${account} will expire soon

The certificate by which the identity provider of the sign-in connection ${connection} knows ${account} here will expire:

– ${moment.format(expires_at)}

From then on the provider may refuse what we sign, and encrypt nothing for us: people can not sign in by it any more. Renew the key pair, have the provider read our metadata again or give it the new certificate, and sign with it:

${adminUrl}/sign-in-settings/${id}

You are written to because you may decide who lets people of ${account} in.
`,
  );
}
