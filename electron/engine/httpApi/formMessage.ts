/**
 * Owns: from the form of POST /v3/DOMAIN/messages to a message. Fields: from, to, cc, bcc, subject, text, html, h:NAME
 * for header fields, attachment and inline for files. What a service would act on beside the message (o:, v:, t:,
 * template, recipient-variables) is taken and told as not acted on.
 */
import { toBase64 } from '#shared/bytes/bytes.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import type { Refusal } from './answers.ts'
import type { Form } from './formFields.ts'

export interface Brought {
  message: Partial<Message> & Pick<Message, 'from' | 'to'>
  /** Envelope sender, when it is not From. */
  returnPath?: string | undefined
  /** Envelope recipients, when they are others than the header names. */
  to?: string[] | undefined
  /** Names of fields that were taken and do nothing here. */
  unused: string[]
}

export type ReadMessage = { ok: true; brought: Brought } | { ok: false; refusal: Refusal }

const unusedNames = /^(?:[ovt]:|template$|recipient-variables$|amp-html$)/

export function formMessage({ fields, files }: Form): ReadMessage {
  const all = (name: string): string[] =>
    fields.flatMap((field) => (field.name === name && field.value.trim() !== '' ? [field.value] : []))
  const one = (name: string): string | undefined => fields.findLast((field) => field.name === name)?.value
  const missing = ['from', 'to'].find((name) => all(name).length === 0)
  if (missing !== undefined)
    return bad(`${missing} is missing; it names ${missing === 'from' ? 'the sender' : 'a recipient'}.`)
  if (one('text') === undefined && one('html') === undefined)
    return bad('text and html are both missing; at least one of them is needed.')
  const wrong = files.find(({ name }) => name !== 'attachment' && name !== 'inline')
  if (wrong !== undefined)
    return bad(
      `The file field "${wrong.name.slice(0, 80)}" is not known; files go into attachment or inline.`,
    )
  const headers = fields.filter(({ name }) => /^h:./i.test(name) && !/^h:reply-to$/i.test(name))
  const replyTo = fields.filter(({ name }) => /^h:reply-to$/i.test(name)).map(({ value }) => value)
  const html = one('html')
  return {
    ok: true,
    brought: {
      message: {
        from: all('from').at(-1)!,
        to: all('to'),
        cc: all('cc'),
        bcc: all('bcc'),
        replyTo,
        subject: one('subject') ?? '',
        text: one('text') ?? '',
        ...(html === undefined ? {} : { html }),
        headers: headers.map(({ name, value }) => ({ name: name.slice(2), value })),
        attachments: files.map(({ name, filename, type, data }) => ({
          name: filename,
          ...(type === undefined ? {} : { type }),
          base64: toBase64(data),
          // A part of the HTML is named by its file's name there.
          ...(name === 'inline' ? { inline: filename } : {}),
        })),
      },
      unused: [...new Set(fields.map(({ name }) => name).filter((name) => unusedNames.test(name)))],
    },
  }
}

const bad = (message: string): ReadMessage => ({ ok: false, refusal: { status: 400, message } })
