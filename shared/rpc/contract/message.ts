/**
 * Owns: a message as a form describes it, what it will look like on the wire, and keys for signing it. Schemas say the
 * shape only; whether an address, a header field or a file can be sent is judged by the engine, field by field.
 */
import { z } from 'zod'
import { FieldProblem } from './fieldProblem.ts'
import { call } from './kinds.ts'

/** Text is written in one of these; what the charset lacks is refused by name, never replaced. */
export const charsets = ['utf-8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252'] as const
/** Content-Transfer-Encoding of the text parts (RFC 2045 §6); `auto`: 7bit where it fits, else what is shorter. */
export const encodings = ['auto', '7bit', '8bit', 'quoted-printable', 'base64'] as const
export const keyKinds = ['rsa', 'ed25519'] as const

/** Octets of all attachments together. */
export const maxAttachments = 64 << 20
/** Octets of a message that a preview shows. */
export const maxPreview = 1 << 20

/** A file that goes along. Its octets come in base64 from whoever has the file: the engine opens no path. */
export const Attachment = z.object({
  name: z.string(),
  /** Media type; by the name when absent. */
  type: z.string().optional(),
  base64: z.string().optional(),
  /** Where it was read, for words in a problem. Given without `base64`, it is refused. */
  path: z.string().optional(),
  /** Content-ID: shown inside the HTML that names it as `cid:…` (RFC 2392). */
  inline: z.string().optional(),
})
export type Attachment = z.infer<typeof Attachment>

export const HeaderField = z.object({ name: z.string(), value: z.string() })
export type HeaderField = z.infer<typeof HeaderField>

/** Signs with a key of the user's (RFC 6376, RFC 8463). */
export const DkimSigning = z.object({
  domain: z.string(),
  selector: z.string(),
  /** PEM. Never recorded, never sent back to the page. */
  privateKey: z.string(),
  /** Names of the header fields that are signed; a usual set when absent. `From` always is (§5.4). */
  headers: z.array(z.string()).optional(),
})
export type DkimSigning = z.infer<typeof DkimSigning>

/** Each entry is one mailbox or a list as people type it: `"Doe, Jane" <jane@x.test>, bob@y.test`. */
const mailboxes = z.array(z.string())

export const Message = z.object({
  /** One mailbox. */
  from: z.string(),
  to: mailboxes,
  cc: mailboxes.default([]),
  /** In the envelope only. */
  bcc: mailboxes.default([]),
  replyTo: mailboxes.default([]),
  subject: z.string().default(''),
  text: z.string().default(''),
  html: z.string().optional(),
  attachments: z.array(Attachment).default([]),
  /** Further header fields, in this order. */
  headers: z.array(HeaderField).default([]),
  /**
   * Send these octets as they are (base64) instead of composing. The envelope is `from`, `to`, `cc` and `bcc` where they
   * are given, else it is read from the header fields of the octets.
   */
  raw: z.string().optional(),
  /** ISO 8601, or `none` for a message without Date; now when absent. */
  date: z.string().optional(),
  /** With or without angle brackets, or `none`; made when absent. */
  messageId: z.string().optional(),
  charset: z.enum(charsets).optional(),
  encoding: z.enum(encodings).optional(),
  /** Values of `{{name}}` in subject, text, HTML, header fields and addresses. Absent: braces are braces. */
  variables: z.record(z.string(), z.string()).optional(),
  dkim: DkimSigning.optional(),
})
export type Message = z.infer<typeof Message>

export const MessagePart = z.object({
  /** As `text/plain; charset=utf-8`. */
  type: z.string(),
  name: z.string().optional(),
  /** Content-Transfer-Encoding. */
  encoding: z.string().optional(),
  /** Octets, decoded. */
  size: z.int().min(0),
})
export type MessagePart = z.infer<typeof MessagePart>

export const Preview = z.object({
  ok: z.literal(true),
  /** The message as it will be sent, without dot-stuffing; its first MiB. */
  base64: z.string(),
  /** Octets of all of it. */
  size: z.int().min(0),
  parts: z.array(MessagePart),
  /** Some octet is above 127: BODY=8BITMIME is due (RFC 6152). */
  eightBit: z.boolean(),
  /** An address or a header field is outside ASCII: SMTPUTF8 is due (RFC 6531 §3.4). */
  smtputf8: z.boolean(),
  /** Octets of the longest line without its end; 998 are allowed (RFC 5322 §2.1.1). */
  longestLine: z.int().min(0),
  envelope: z.object({ from: z.string(), to: z.array(z.string()) }),
  /** What a person should know before it goes, as bare line feeds in a raw message. */
  remarks: z.array(z.string()),
})
export type Preview = z.infer<typeof Preview>

const refused = z.object({ ok: z.literal(false), problems: z.array(FieldProblem) })

/** A TXT record of DNS. */
const TextRecord = z.object({
  /** As `test._domainkey.example.com`. */
  name: z.string(),
  /** As `v=DKIM1; k=rsa; p=…`. */
  value: z.string(),
  /** `value` in strings of 255 octets at most, as a zone file needs them (RFC 6376 §3.6.2.2). */
  strings: z.array(z.string()),
})

export const message = {
  /** Composes and signs as a send would, and sends nothing. */
  'message.preview': call(
    z.object({
      message: Message,
      envelopeFrom: z.string().optional(),
      envelopeTo: z.array(z.string()).optional(),
    }),
    z.discriminatedUnion('ok', [Preview, refused]),
  ),
  /** Makes a key for signing on this computer. It is kept nowhere: who calls keeps it. */
  'dkim.make': call(
    z.object({
      domain: z.string(),
      selector: z.string(),
      /** Length of an RSA key; 1024 only to test with old verifiers (RFC 8301 §3.2). */
      bits: z.union([z.literal(1024), z.literal(2048)]).default(2048),
      kind: z.enum(keyKinds).default('rsa'),
    }),
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), privateKey: z.string(), record: TextRecord }),
      refused,
    ]),
  ),
}
