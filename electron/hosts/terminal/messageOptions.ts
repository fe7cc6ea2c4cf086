/**
 * Owns: what a message holds, in the words of the command line: the options of `send` that describe it and the part of a
 * request that they make. Files are read here, before anything is dialled: one that vanished is named, nothing is sent.
 */
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { charsets, encodings, type HeaderField, maxAttachments } from '#shared/rpc/contract/message.ts'
import { builtInVariables, usesBuiltIn } from '#shared/rpc/contract/variables.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { basename } from 'node:path'
import { GivenError, readGivenUpTo } from './files.ts'

export interface MessageOptions {
  /** Stands in for the sender where there is none. */
  user?: string
  from?: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  envelopeFrom?: string
  envelopeTo: string[]
  subject?: string
  text?: string
  html?: string
  attach: string[]
  inline: InlineFile[]
  header: HeaderField[]
  eml?: string
  charset?: (typeof charsets)[number]
  encoding?: (typeof encodings)[number]
  date?: string
  messageId?: string
  var: Variable[]
  dkimDomain?: string
  dkimSelector?: string
  dkimKeyFile?: string
}

export interface InlineFile {
  id: string
  path: string
}

export interface Variable {
  name: string
  value: string
}

type TypedMessage = NonNullable<DialogueRequest['message']>
/** Part of a request. */
export type MessagePart = { message: TypedMessage } & Pick<DialogueRequest, 'envelopeFrom' | 'envelopeTo'>

const defaults = { subject: 'Test message from Relayscope', text: 'This is a test message.' }
/** A key is small; a text is as large as a person waits for. */
const most = { key: 64 << 10, html: 16 << 20, eml: 96 << 20 }

const again =
  <T>(parse: (text: string) => T) =>
  (text: string, before: T[]): T[] => [...before, parse(text)]
const asTyped = (text: string): string => text

/** An option that may be given several times. */
const list = (flags: string, words: string, parse: (text: string) => unknown): Option =>
  new Option(flags, `${words}; may be repeated`).argParser(again(parse)).default([])

/** Adds the options that describe a message to a command. */
export function addMessageOptions(command: Command): Command {
  return command
    .option('--from <address>', 'sender; --user when left out')
    .addOption(list('--to <addresses>', 'recipients, with commas between them', asTyped))
    .addOption(list('--cc <addresses>', 'recipients of a copy', asTyped))
    .addOption(list('--bcc <addresses>', 'recipients that no one sees', asTyped))
    .addOption(list('--reply-to <addresses>', 'where answers go', asTyped))
    .option('--envelope-from <address>', 'sender of the envelope when it is another; "" for none')
    .addOption(list('--envelope-to <addresses>', 'recipients of the envelope when they are others', asTyped))
    .option('--subject <text>', `subject (default: ${JSON.stringify(defaults.subject)})`)
    .option('--text <text>', `text of the message (default: ${JSON.stringify(defaults.text)})`)
    .option('--html <file>', 'HTML of the message')
    .addOption(list('--attach <file>', 'attach this file', asTyped))
    .addOption(list('--inline <id=file>', 'file that the HTML shows as cid:ID', parseInline))
    .addOption(list('--header <field>', "a header field of your own, as 'X-Test: 1'", parseHeader))
    .addOption(new Option('--charset <name>', 'charset of text and HTML; utf-8 when left out').choices([...charsets]))
    .addOption(new Option('--encoding <name>', 'how text and HTML are carried; auto when left out').choices([...encodings]))
    .option('--date <date>', 'as 2026-03-01T12:00:00+01:00; now when left out; none for no Date')
    .option('--message-id <id>', 'as <unique@example.com>; made when left out; none for no Message-ID')
    .addOption(list('--var <name=value>', `value of {{name}}; known anyway: ${builtInVariables.map((name) => `{{${name}}}`).join(', ')}`, parseVariable))
    .option('--dkim-domain <domain>', 'sign for this domain')
    .option('--dkim-selector <name>', 'selector of the key in DNS')
    .option('--dkim-key-file <file>', 'private key, PEM')
    .addOption(new Option('--eml <file>', 'send this message as it is, to its own recipients unless others are given').conflicts(composing)) // prettier-ignore
}

/** These make a message, where --eml is one. */
const composing = ['replyTo', 'subject', 'text', 'html', 'attach', 'inline', 'header', 'charset', 'encoding', 'date', 'messageId', 'var'] // prettier-ignore

/** `Name: value`, cut at the first colon. What a field may hold is judged when it is composed. */
export function parseHeader(text: string): HeaderField {
  const colon = text.indexOf(':')
  if (colon < 1) throw new InvalidArgumentError(`"${text}" is not NAME: VALUE, such as 'X-Test: 1'.`)
  return { name: text.slice(0, colon), value: text.slice(colon + 1).replace(/^ /u, '') }
}

/** `name=value`, cut at the first equals sign. */
export function parseVariable(text: string): Variable {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`"${text}" is not NAME=VALUE, such as first=Ann.`)
  return { name: text.slice(0, at), value: text.slice(at + 1) }
}

export function parseInline(text: string): InlineFile {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError(`"${text}" is not ID=FILE, such as logo=logo.png.`)
  return { id: text.slice(0, at), path: text.slice(at + 1) }
}

/** The message that the options describe, its files read. Throws GivenError. */
export async function messageOf(options: MessageOptions): Promise<MessagePart> {
  const { eml, envelopeFrom, envelopeTo, to, cc, bcc } = options
  const dkim = await dkimOf(options)
  const envelope = {
    ...(envelopeFrom === undefined ? {} : { envelopeFrom }),
    ...(envelopeTo.length === 0 ? {} : { envelopeTo }),
  }
  if (eml === undefined) return { message: { ...(await composed(options)), ...dkim }, ...envelope }
  const raw = (await readGivenUpTo('--eml', eml, most.eml, octetsInWords(most.eml))).toString('base64')
  return { message: { from: options.from ?? '', to, cc, bcc, raw, ...dkim }, ...envelope }
}

async function composed(options: MessageOptions): Promise<TypedMessage> {
  const { from, user, to, cc, bcc, replyTo, subject = defaults.subject, header: headers } = options
  const { charset, encoding, date, messageId } = options
  const html =
    options.html === undefined
      ? undefined
      : (await readGivenUpTo('--html', options.html, most.html, octetsInWords(most.html))).toString('utf8')
  // A text that nobody wrote does not stand beside HTML that somebody did.
  const text = options.text ?? (html === undefined ? defaults.text : '')
  const variables = variablesOf(options, [subject, text, html ?? '', ...headers.map(({ value }) => value)])
  return {
    from: from ?? user ?? '',
    to,
    cc,
    bcc,
    replyTo,
    subject,
    text,
    headers,
    attachments: await attachmentsOf(options),
    ...(html === undefined ? {} : { html }),
    ...(charset === undefined ? {} : { charset }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(date === undefined ? {} : { date }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(variables === undefined ? {} : { variables }),
  }
}

async function attachmentsOf({ attach, inline }: MessageOptions): Promise<TypedMessage['attachments']> {
  const files = [
    ...attach.map((path) => ({ option: '--attach', path })),
    ...inline.map(({ id, path }) => ({ option: '--inline', path, inline: id })),
  ]
  const read: NonNullable<TypedMessage['attachments']> = []
  let left = maxAttachments
  for (const { option, path, ...rest } of files) {
    // One after the other: all together are bounded.
    const bytes = await readGivenUpTo(
      option,
      path,
      left,
      `what is left of ${octetsInWords(maxAttachments)} for all files`,
    )
    left -= bytes.length
    read.push({ name: basename(path), path, base64: bytes.toString('base64'), ...rest })
  }
  return read
}

/** Braces are braces until a variable is given, or one is used that needs no giving. */
function variablesOf(options: MessageOptions, texts: readonly string[]): Record<string, string> | undefined {
  const given = options.var
  if (given.length === 0 && !texts.some(usesBuiltIn)) return undefined
  return Object.fromEntries(given.map(({ name, value }) => [name, value]))
}

async function dkimOf(options: MessageOptions): Promise<Pick<TypedMessage, 'dkim'>> {
  const { dkimDomain: domain, dkimSelector: selector, dkimKeyFile: file } = options
  if (domain === undefined && selector === undefined && file === undefined) return {}
  if (domain !== undefined && selector !== undefined && file !== undefined) {
    const privateKey = (
      await readGivenUpTo('--dkim-key-file', file, most.key, octetsInWords(most.key))
    ).toString('utf8')
    return { dkim: { domain, selector, privateKey } }
  }
  const missing = [
    ['--dkim-domain', domain],
    ['--dkim-selector', selector],
    ['--dkim-key-file', file],
  ].flatMap(([option, value]) => (value === undefined ? [option] : []))
  throw new GivenError(
    `${missing.join(', ')}: missing. Signing needs --dkim-domain, --dkim-selector and --dkim-key-file.`,
  )
}
