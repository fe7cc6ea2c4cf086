/** Owns: mail that transports get wrong, how it is given to a smarthost octet by octet, and its trace header taken off again. */
import { type Running, messageBytes } from '../server/run.ts'
import { talk } from '../server/talk.ts'

const line = `${'.x'.repeat(38)}\r\n`
const block = line.repeat(Math.ceil((10 << 20) / line.length))

/** Bodies, the empty line before them included; of `bare` there is none. */
export const bodies = {
  dots: '\r\n.\r\n..\r\n.dot\r\n. \r\n...\r\n.\r\n',
  'eight bit': '\r\nGr\u00fc\u00dfe \u00ff\u0080\u00fe \u0001\u007f\r\n',
  'long lines': `\r\n${'x'.repeat(998)}\r\n${'.y'.repeat(3000)}\r\n`,
  'empty lines at the end': '\r\nend\r\n\r\n \r\n\t\r\n\r\n',
  'an empty body': '\r\n',
  nulls: '\r\na\u0000b\r\n\u0000\r\n\u0000\u0000.\r\n',
  'a From line': '\r\nFrom here on\r\n>From there\r\n',
  'ten MiB': `\r\n${block}`,
} as const
export type BodyName = keyof typeof bodies

/** All that a smarthost might add stands there already. */
export const mailOf = (subject: string, body: string): Buffer =>
  Buffer.from(
    `Message-ID: <${Buffer.from(subject).toString('hex')}@x.test>\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\nFrom: a@x.test\r\nTo: b@y.test\r\nSubject: ${subject}\r\nX-Folded: one\r\n  two\r\n\tthree\r\n${body}`,
    'latin1',
  )

export const subjectOf = (mail: Uint8Array): string =>
  /^Subject: (.*)\r$/m.exec(Buffer.from(mail).toString('latin1', 0, 4000))?.[1] ?? ''

/** Gives the mail to the smarthost; it has taken it when this resolves. */
export async function submit(port: number, to: string, mail: Buffer): Promise<void> {
  const client = await talk(port)
  await client.until(/^220 /m)
  const commands = ['EHLO given.test', 'MAIL FROM:<a@x.test> BODY=8BITMIME', `RCPT TO:<${to}>`, 'DATA']
  for (const command of commands) {
    const reply = await client.say(command)
    if (!/^[23]/.test(reply)) throw new Error(`${command}: ${reply}`)
  }
  client.write(`${mail.toString('latin1').replace(/^\./gm, '..')}.\r\n`)
  const kept = await client.until(/^\d{3} [^\n]*\n$/m)
  if (!kept.startsWith('250')) throw new Error(`end of data: ${kept}`)
  await client.say('QUIT')
}

/** Without the `Received` field that the smarthost has put in front; throws when it has not. */
export function withoutTrace(mail: Uint8Array): Buffer {
  const bytes = Buffer.from(mail)
  const found = /^Received: [^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/.exec(bytes.toString('latin1', 0, 4000))
  if (found === null) throw new Error(`no trace header: ${bytes.toString('latin1', 0, 200)}`)
  return bytes.subarray(found[0].length)
}

export interface KeptMail {
  id: string
  session: string
  bytes: Buffer
  sealed: boolean
  user: string | undefined
}

/** All mail in the box by subject. */
export async function keptMail({ store }: Running): Promise<Map<string, KeptMail>> {
  const { items } = await store.listMessages({ limit: 200 })
  const all = await Promise.all(
    items.map(async ({ id, session, sealed, user }) => {
      const bytes = Buffer.from(await messageBytes(store, id))
      return [subjectOf(bytes), { id, session, bytes, sealed, user }] as const
    }),
  )
  return new Map(all)
}
