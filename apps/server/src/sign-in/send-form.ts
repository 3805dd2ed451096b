import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

interface FormField {
  readonly name: string;
  readonly value: string;
}

const SUBMIT = 'document.forms[0].submit()';

/** Of a provider that sends the browser on, each address counts as one that the form leads to. */
const POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${hash('sha256', SUBMIT, 'base64')}'`,
  'form-action https: http:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page that posts a form elsewhere at once, or when somebody presses its button. */
export function sendForm(reply: FastifyReply, url: string, fields: readonly FormField[]): FastifyReply {
  const inputs = fields.map(
    ({ name, value }) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return reply
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><title>Rollcall</title>
<form method="post" action="${escaped(url)}">${inputs.join('')}<button>Continue</button></form>
<script>${SUBMIT}</script></html>`);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
