import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Driver } from '#engine/dialogue/driver.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { readTyped, typedProblem } from '#engine/dialogue/typed.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { scriptedConnection } from '#test/support/dialogue/scriptedConnection.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const nowhere = { exchange: false, ahead: false }
const inside = { exchange: true, ahead: false }
const plain = toBase64(utf8('\0user\0s3cret word'))

test('a line without a secret is shown as it is sent', () => {
  const typed = readTyped('MAIL FROM:<x@example.com>\r\n', nowhere)
  expect(text(typed.bytes)).toBe('MAIL FROM:<x@example.com>\r\n')
  expect(typed).toMatchObject({ shown: typed.bytes, secrets: [] })
})

test('AUTH with its secret: sent whole, shown masked; the password inside is known', () => {
  const typed = readTyped(`auth PLAIN ${plain}\r\n`, nowhere)
  expect(text(typed.bytes)).toBe(`auth PLAIN ${plain}\r\n`)
  expect(text(typed.shown)).toBe('auth PLAIN ********\r\n')
  expect(typed.secrets).toEqual([plain, 's3cret word'])
})

test('a response to a 334 is secret whatever it is; cancelling is not', () => {
  const login = toBase64(utf8('s3cret'))
  expect(readTyped(`${login}\r\n`, inside).secrets).toEqual([login, 's3cret'])
  expect(readTyped('no base64!\r\n', inside).secrets).toEqual(['no base64!'])
  expect(text(readTyped('NOOP\r\n', inside).shown)).toBe('********\r\n')
  expect(readTyped('*\r\n', inside).secrets).toEqual([])
  expect(readTyped('=\r\n', inside).secrets).toEqual([])
})

test('several lines at once: what follows AUTH is a response', () => {
  const typed = readTyped('NOOP\r\nAUTH LOGIN\r\ndXNlcg==\r\n', nowhere)
  expect(text(typed.shown)).toBe('NOOP\r\nAUTH LOGIN\r\n********\r\n')
  expect(typed.secrets).toEqual(['dXNlcg==', 'user'])
})

test('nothing, and more than any server reads, are refused in words', () => {
  expect(typedProblem('')).toContain('skip')
  expect(typedProblem('x'.repeat(65_537))).toContain('65536')
  expect(typedProblem('x'.repeat(65_536))).toBeUndefined()
})

test('after AUTH was said, or where it comes next, what is no command is a secret typed ahead', () => {
  const login = toBase64(utf8('s3cret'))
  const ahead = { exchange: false, ahead: true }
  expect(readTyped(`${login}\r\n`, ahead)).toMatchObject({ secrets: [login, 's3cret'] })
  expect(text(readTyped(`${login}\n`, ahead).shown)).toBe('********\n')
  expect(text(readTyped('MAIL FROM:<a@b.example>\r\n', ahead).shown)).toBe('MAIL FROM:<a@b.example>\r\n')
})

const password = 's3cret-Passw0rd'
const base64 = (said: string): string => toBase64(utf8(said))
const forms = [
  `AUTH PLAIN ${base64(`\0user\0${password}`)}\r\n`,
  `AUTH PLAIN ${base64(`other\0user\0${password}`)}\r\n`,
  `auth plain\r\n${base64(`\0user\0${password}`)}\r\n`,
  `AUTH LOGIN\r\n${base64('user')}\r\n${base64(password)}\r\n`,
  `AUTH LOGIN ${base64('user')}\r\n${base64(password)}\r\n`,
  `AUTH PLAIN \0user\0${password}\r\n`,
  `AUTH CRAM-MD5\r\n${base64(`user ${password}`)}\r\n`,
  `BDAT 5\r\nHELLOAUTH X-OWN ${base64(password)}\r\n`,
  `NOOP\r\nAUHT PLAIN ${base64(`\0user\0${password}`)}\r\nQUIT\r\n`,
]
/** Where the dialogue stands when the typing begins: what the server has said by then. */
const standings = [
  [],
  ['220 mx'],
  ['220 mx', '250-mx\r\n250 AUTH PLAIN LOGIN'],
  ['220 mx', '250 mx', '250 ok'],
]

test('a secret around a line of the machine, in the pieces in which a person types it', async () => {
  const told = await typing(
    ['220 mx', '250 mx'],
    [
      ['A', 'insert', ''],
      ['UTH PLAIN AGEAYg==\r\n', 'step', '500 what'],
    ],
  )
  expect(told).toContain('MAIL FROM')
  expect(told).not.toContain('AGEAYg')
})

async function typing(
  replies: readonly string[],
  pieces: readonly (readonly [string, string, string])[],
): Promise<string> {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const connection = scriptedConnection()
  const gate = new Gate({ step: false, breakpoints: [], journal })
  const to = [{ address: 'b@c.example', parameters: [] }]
  const transaction = { from: 'a@b.example', fromParameters: [], to, size: 0, eightBit: false, utf8: false }
  const options = { ehloName: 'me', tls: 'none', auth: null, transaction, pipelining: false, chunking: false, stopAfter: 'rcpt' } as const // prettier-ignore
  const machine = createClientMachine(options)
  const driver = new Driver({ machine, connection, journal, gate, content: null })
  void driver.run(undefined)
  // A line of the machine between two pieces would end what the first began.
  if (replies.length === 0) gate.act({ type: 'pause' })
  for (const [i, reply] of replies.entries()) {
    if (i === replies.length - 1) gate.act({ type: 'pause' })
    connection.say(`${reply}\r\n`)
  }
  for (const [piece, how, reply] of pieces) {
    // A line of the machine's own runs into what was typed before.
    if (how === 'step') gate.act({ type: 'step' })
    if (how === 'edit' && gate.act({ type: 'edit', raw: piece }).ok) gate.act({ type: 'pause' })
    else gate.act({ type: 'insert', raw: piece })
    if (reply !== '') connection.say(`${reply}\r\n`)
    if (how === 'repeat') gate.act({ type: 'repeat' })
  }
  driver.stop('dropped', 'over')
  const states = await gate.states.read(0, 1000)
  return JSON.stringify([hub.events(journal.session), states])
}

test('cut into pieces anywhere, a password that is typed is in no event and no state of the gate', async () => {
  const how = fc.constantFrom('edit', 'insert', 'insert', 'repeat', 'step', 'step')
  const reply = fc.constantFrom('', '', '334 VXNlcg==', '250 ok', '535 no')
  const cuts = fc.array(fc.tuple(fc.nat(80), how, reply), { minLength: 1, maxLength: 4 })
  const tokens = forms.flatMap((form) => form.match(/[A-Za-z0-9+/]{14,}=*/g) ?? []).concat(password)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...forms),
      fc.constantFrom(...standings),
      cuts,
      async (form, replies, wanted) => {
        const places = wanted.map(([at]) => at % form.length).toSorted((a, b) => a - b)
        const pieces = [0, ...places].map((at, i) => {
          const [, action, said] = wanted[i] ?? [0, 'insert', '']
          return [form.slice(at, places[i] ?? form.length), action, said] as const
        })
        const told = await typing(
          replies,
          pieces.filter(([piece]) => piece !== ''),
        )
        for (const token of tokens) expect(told).not.toContain(token)
      },
    ),
    { numRuns: 400 },
  )
})
