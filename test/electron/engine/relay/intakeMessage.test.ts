import { expect, test } from 'vitest'
import { IntakeContent } from '#engine/relay/intakeContent.ts'
import { createMemory } from '#engine/relay/intakeMemory.ts'
import { makeQueued, mostHops, type Arrived } from '#engine/relay/intakeMessage.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { Parameter } from '#shared/smtp/machine/types.ts'
import { fromByteString } from '#shared/bytes/bytes.ts'
import { articlesPolicy } from '#test/support/relay/articles.ts'
import { rulesNow } from '#test/support/relay/intake.ts'

const mta = (name: string) => ({ name, sourceHosts: [], domains: [] })
const trusting = { sources: [{ match: '0/0', processVirtualMtaHeader: true }], virtualMtas: [mta('mta1'), mta('mta2')] } // prettier-ignore

interface Given {
  policy?: Partial<RelayPolicy>
  to?: string[]
  fromParameters?: Parameter[]
  memory?: number
}

function arrived(text: string, { policy = {}, to = ['x@a.test'], fromParameters = [], memory = 1 << 20 }: Given = {}): Arrived {
  const content = new IntakeContent(createMemory(memory))
  content.see(fromByteString(text))
  return {
    id: '01ABC.3',
    client: { session: '01ABC', address: '192.0.2.7', port: 25 },
    envelope: { from: 'me@client.test', fromParameters, to: to.map((address) => ({ address, parameters: [] })) },
    standing: { user: null, sealed: false, hello: { verb: 'EHLO', name: 'client.test' }, seq: 9, receivedAt: new Date(5000) },
    passed: content.passed(),
    rules: rulesNow(policy),
  }
} // prettier-ignore

async function queued(text: string, given?: Given) {
  const made = await makeQueued(arrived(text, given))
  if ('refused' in made) throw new Error(made.refused.text.join())
  return { ...made.queued, remarks: made.remarks }
}

const said = (...parameters: [string, string?][]) => ({ fromParameters: parameters.map(([keyword, value]) => ({ keyword, value })) }) // prettier-ignore

async function refused(text: string, given?: Given) {
  const made = await makeQueued(arrived(text, given))
  return 'refused' in made ? `${made.refused.code} ${made.refused.enhanced}` : null
}

test('the queue is told what the message is called, and by whom it was brought', async () => {
  const { message, legs } = await queued(
    'Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\n there\x07\r\nMessage-ID:\r\n <1@c.test>\r\n\r\nbody\r\n',
  )
  expect(message).toMatchObject({ id: '01ABC.3', session: '01ABC', body: 3, receivedAt: 5000, sender: 'me@client.test', client: '192.0.2.7', port: 25, sealed: false, subject: 'grüße there ', messageId: '<1@c.test>', eightBit: false, utf8: false, requireTls: false, cuts: [] }) // prettier-ignore
  expect(legs).toHaveLength(1)
  expect(message.prefix).toMatch(/^Received: from client\.test /)
})

test('a message without any header is taken, and has no name', async () => {
  const { message, remarks } = await queued('just a body\r\n')
  expect([message.subject, message.messageId, message.prefix.startsWith('Received:')]).toEqual([undefined, undefined, true]) // prettier-ignore
  expect(remarks).toHaveLength(1)
  expect((await queued('')).message.size).toBe(0)
})

const gap = async (text: string, given?: Given): Promise<boolean> =>
  (await queued(text, given)).message.prefix.endsWith('\r\n\r\n')

const idOf = async (text: string): Promise<string | undefined> =>
  (await queued(`Message-ID: ${text}\r\n\r\n`)).message.messageId

test('a Message-ID is kept in its brackets, one that is none as it can be shown', async () => {
  expect(await idOf('(comment) <a@b.test> x')).toBe('<a@b.test>')
  expect(await idOf('no brackets')).toBe('no brackets')
  expect(await idOf('<'.repeat(100_000))).toHaveLength(500)
})

test('text without a header becomes the body, and never part of the field that is put before it', async () => {
  for (const text of ['just a body\r\n', ' (folded into the date)\r\nA: b\r\n\r\n', ': x\r\n'])
    expect(await gap(text)).toBe(true)
  for (const text of ['A: b\r\n', 'A: b\r\nbody\r\n', '\r\nbody\r\n', '', 'From me Sun\r\nA: b\r\n\r\n'])
    expect(await gap(text)).toBe(false)
  expect(await gap('X-Virtual-MTA: mta1\r\nbody\r\n', { policy: trusting })).toBe(true)
  expect(await gap(`A: ${'b'.repeat(300_000)}\r\n\r\n`)).toBe(false)
})

test('a hundred hops are a circle, whatever the case and folding of the field; those of the body do not count', async () => {
  const one = ['Received: a\r\n', 'RECEIVED:a\r\n\tb\r\n', 'received : c\n'.replace('\n', '\r\n')]
  const hops = (count: number) => Array.from({ length: count }, (_, i) => one[i % 3]).join('')
  expect(await refused(hops(mostHops))).toBe('554 5.4.6')
  expect(await refused(`${hops(mostHops - 1)}\r\n${hops(5)}`)).toBeNull()
  expect(await refused(`X: y\r\n Received: z\r\n${hops(mostHops - 1)}`)).toBeNull()
})

test('bare line ends do not go on to a server that may take them for the end of a message', async () => {
  expect(await refused('A: b\r\n\r\nx\n.\nMAIL FROM:<evil@a.test>\r\n')).toBe('550 5.5.2')
  expect(await refused('A: b\n\r\n')).toBe('550 5.5.2')
})

test('X-Virtual-MTA is taken out and heeded where its client may say it', async () => {
  const text =
    'A: b\r\nX-Virtual-MTA: mta2\r\nx-virtual-mta: mta1\r\n folded\r\nC: d\r\nX-VIRTUAL-MTA: e\r\n\r\nX-Virtual-MTA: body\r\n'
  const { message } = await queued(text, { policy: trusting })
  expect(message.virtualMta).toBe('mta2')
  expect(message.cuts.map(([from, to]) => text.slice(from, to))).toEqual([
    'X-Virtual-MTA: mta2\r\nx-virtual-mta: mta1\r\n folded\r\n',
    'X-VIRTUAL-MTA: e\r\n',
  ])
  const apart = { ...trusting, sources: [{ match: '10.0.0.0/8', processVirtualMtaHeader: true }] }
  const others = await queued(text, { policy: apart })
  expect([others.message.virtualMta, others.message.cuts]).toEqual([undefined, []])
  expect(others.remarks[1]).toMatch(/^Its X-Virtual-MTA field was neither heeded nor taken out/)
  const unknown = await queued('X-Virtual-MTA: mta9\r\n\r\n', { policy: trusting })
  expect([unknown.message.virtualMta, unknown.message.cuts]).toEqual([undefined, [[0, 21]]])
  expect(unknown.remarks[1]).toBe('It asks for virtual MTA mta9, and there is none of that name.')
})

test('so many X-Virtual-MTA fields that the queue would have to keep hundreds of cuts are refused', async () => {
  const text = 'X-Virtual-MTA: a\r\nB: c\r\n'.repeat(101)
  expect(await refused(text, { policy: trusting })).toBe('554 5.6.0')
})

test('a rule of the header, of the sender or of all gives the message its virtual MTA', async () => {
  const virtualMtaRules = [{ of: 'header' as const, field: 'X-Job', pattern: '/^news/', virtualMta: 'mta1' }, { of: 'mail-from' as const, pattern: '/@client/', virtualMta: 'mta2' }] // prettier-ignore
  const policy = { ...trusting, virtualMtaRules }
  expect((await queued('x-job: news 7\r\n\r\n', { policy })).message).toMatchObject({ virtualMta: 'mta1', because: 'X-Job matches /^news/' }) // prettier-ignore
  expect((await queued('X-Job: other\r\n\r\n', { policy })).message).toMatchObject({ virtualMta: 'mta2' })
})

test('recipients for whom the rules choose differently go in legs of their own, and the message has no choice', async () => {
  const virtualMtaRules = [{ of: 'rcpt-to' as const, pattern: '/^vip/', virtualMta: 'mta1' }]
  const policy = { ...trusting, virtualMtaRules }
  const { message, legs } = await queued('A: b\r\n\r\n', { policy, to: ['vip@a.test', 'x@a.test', 'vip2@a.test'] }) // prettier-ignore
  expect(message.virtualMta).toBeUndefined()
  expect(legs.map(({ virtualMta, recipients }) => [virtualMta, recipients.length])).toEqual([['mta1', 2], [undefined, 1]]) // prettier-ignore
  expect(message.because).toBe('its recipients go different ways: virtual MTA mta1, because rcpt-to matches /^vip/; no virtual MTA, because no rule names a virtual MTA') // prettier-ignore
  const same = await queued('A: b\r\n\r\n', { policy, to: ['vip@a.test', 'vip2@b.test'] })
  expect([same.message.virtualMta, same.legs.map(({ virtualMta }) => virtualMta)]).toEqual(['mta1', [undefined, undefined]]) // prettier-ignore
})

test('what was asked with MAIL goes on: DSN, REQUIRETLS, eight bits, UTF-8 where something is', async () => {
  expect((await queued('A: b\r\n\r\n', said(['RET', 'FULL'], ['ENVID', 'x+3D'], ['REQUIRETLS'], ['BODY', '8BITMIME']))).message).toMatchObject({ ret: 'FULL', envid: 'x=', requireTls: true, eightBit: false, utf8: false }) // prettier-ignore
  expect((await queued('A: b\r\n\r\nsch\xc3\xb6n\r\n', said(['SMTPUTF8']))).message).toMatchObject({ eightBit: true, utf8: false }) // prettier-ignore
  expect((await queued('A: sch\xc3\xb6n\r\n\r\n', said(['SMTPUTF8']))).message.utf8).toBe(true)
  // Many put octets above 127 into a header without saying so: asking SMTPUTF8 of the next server would return their mail.
  expect((await queued('A: sch\xc3\xb6n\r\n\r\n')).message.utf8).toBe(false)
  expect((await queued('A: b\r\n\r\n', { ...said(['SMTPUTF8']), to: ['jö@a.test'] })).message.utf8).toBe(true)
})

test('a header longer than what is read is taken, and what was not read is said', async () => {
  const text = `X-Virtual-MTA: mta1\r\nA: ${'b'.repeat(300_000)}\r\nX-Virtual-MTA: mta2\r\n\r\n`
  const { message, remarks } = await queued(text, { policy: trusting })
  expect([message.virtualMta, message.cuts]).toEqual(['mta1', [[0, 21]]])
  expect(remarks[1]).toMatch(/^Only the first 262,144 octets of the header were read/)
})

test('a large header without any room for it is told to come later, for it could not be judged', async () => {
  expect(await refused(`A: ${'b'.repeat(100_000)}\r\n\r\n`, { memory: 0 })).toBe('452 4.3.1')
  expect(await refused(`A: b\r\n\r\n${'b'.repeat(100_000)}`, { memory: 0 })).toBeNull()
})

test('a thousand recipients and their rules are looked through in turns', async () => {
  const virtualMtaRules = [{ of: 'rcpt-to' as const, pattern: '/^u9/', virtualMta: 'mta1' }]
  const to = Array.from({ length: 1000 }, (_, i) => `u${i}@a.test`)
  const { legs, remarks } = await queued('A: b\r\n\r\n', {
    policy: { ...articlesPolicy(), virtualMtaRules },
    to,
  })
  expect(legs.map(({ virtualMta, recipients }) => `${virtualMta} ${recipients.length}`).toSorted()).toEqual([
    ...Array.from({ length: 1 }, () => 'mta1 100'), 'mta1 11', ...Array.from({ length: 8 }, () => 'undefined 100'), 'undefined 89',
  ]) // prettier-ignore
  expect(remarks[0]).toMatch(
    /^Queued for 1000 recipients at a\.test\. No virtual MTA, because its recipients go/,
  )
})
