import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { TranscriptEvent, type EventBody } from '#shared/transcript/event.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'
import { atOnce, redact, redactingTogether } from '#shared/transcript/redact/redact.ts'
import { toText } from '#shared/transcript/text.ts'
import { recordedOf, sample, sampleBodies } from '../export/sample.ts'
import { line, reply } from '../samples.ts'

const all = { addresses: true, names: true, bodies: false }
const replies = ({ events }: Recorded): unknown[] =>
  events.flatMap((event) => (event.kind === 'reply' ? [[event.seq, event.code, event.enhanced]] : []))
const contentOf = ({ events }: Recorded): string =>
  events.flatMap((event) => (event.kind === 'chunk' ? [event.raw ?? ''] : [])).join('')

test('the same thing has the same stand-in in commands, replies, fields, certificates and content', () => {
  const { recorded, replaced } = redact(sample, all)
  const text = toText(recorded.events, recorded.head)
  expect(text).toContain('RCPT TO:<person3@domain2.example>')
  expect(text).toContain('550 5.1.1 <person3@domain2.example>: no such user person3')
  expect(text).toContain('235 2.7.0 Welcome person1')
  expect(text).toContain('250-host1.domain1.example Hello host2.domain1.example [192.0.2.2]')
  expect(contentOf(recorded)).toContain('From: Person 1 <person1@domain1.example>\r\n')
  expect(contentOf(recorded)).toContain(`=?utf-8?B?${toBase64(utf8('Person 2'))}?= <person2@domain2.example>`)
  expect(contentOf(recorded)).toContain('Dear person2')
  const tls = recorded.events.find((event) => event.kind === 'tls')
  expect(tls).toMatchObject({
    sni: 'host1.domain1.example',
    chain: [
      {
        subject: 'O=Name 1, CN=host1.domain1.example',
        issuer: 'C=US, O=Name 2, CN=Name 3',
        // A wildcard still fits the names below it.
        names: ['DNS:host1.domain1.example', 'DNS:*.domain1.example', 'IP:192.0.2.1'],
        serial: '00000000000001',
      },
    ],
  })
  expect(replaced.addresses).toBe(3)
})

test('it stays a dialogue: kinds, codes, masks, parameters and times', () => {
  const { recorded } = redact(sample, all)
  for (const event of recorded.events) expect(TranscriptEvent.parse(event)).toEqual(event)
  expect(recorded.events.map(({ kind, at }) => [kind, at])).toEqual(
    sample.events.map(({ kind, at }) => [kind, at]),
  )
  expect(replies(recorded)).toEqual(replies(sample))
  const raws = recorded.events.flatMap((event) => (event.kind === 'line' ? [event.raw] : []))
  expect(raws).toContain('MAIL FROM:<person1@domain1.example> SIZE=221\r\n')
  expect(raws).toContain('STARTTLS\r\n')
  const auth = recorded.events.find((event) => event.kind === 'line' && event.verb === 'AUTH')
  expect(auth).toMatchObject({ raw: 'AUTH PLAIN ********\r\n', masked: [{ start: 11, end: 19 }] })
})

test('only addresses: names stay; only names: addresses stay whole', () => {
  const addresses = toText(redact(sample, { ...all, names: false }).recorded.events)
  expect(addresses).toContain('MAIL FROM:<person1@domain1.example>')
  expect(addresses).toContain('220 mx.corp.com')
  const names = redact(sample, { ...all, addresses: false })
  expect(toText(names.recorded.events)).toContain('MAIL FROM:<alice@corp.com>')
  expect(toText(names.recorded.events)).toContain('220 host1.domain1.example')
  expect(contentOf(names.recorded)).toContain('Message-ID: <id1@host2.domain1.example>')
  expect(names.replaced.addresses).toBe(0)
})

test('nothing chosen changes nothing', () => {
  const nothing = redact(sample, { addresses: false, names: false, bodies: false })
  expect(nothing.recorded).toEqual(sample)
  expect(nothing.replaced).toEqual({ addresses: 0, names: 0, bodies: 0 })
})

test('bodies go before anything is looked for in them', () => {
  const { recorded, replaced } = redact(sample, { ...all, bodies: true })
  expect(contentOf(recorded)).toBe('')
  expect(replaced.bodies).toBe(1)
})

test('that a part was left out is said', () => {
  const raw = 'Subject: x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nYWxpY2VAY29ycC5jb20=\r\n'
  const chunk: EventBody = { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: raw.length, last: true, encoding: 'data', raw }
  expect(redact(recordedOf([chunk]), all).notes).toEqual(['One part of the message content is left out, because it is no text that names could be found in.'])
  expect(redact(recordedOf([chunk]), { ...all, bodies: true }).notes).toEqual([])
}) // prettier-ignore

test('masks move with the text around them', () => {
  const raw = 'alice@corp.com ******** alice@corp.com ********'
  const masked = [
    { start: 15, end: 23 },
    { start: 39, end: 47 },
  ]
  const session = recordedOf([line('MAIL FROM:<alice@corp.com>', 'mail'), line(raw, 'other', { masked })])
  const event = redact(session, all).recorded.events[1]
  expect(event).toMatchObject({
    raw: 'person1@domain1.example ******** person1@domain1.example ********\r\n',
    masked: [
      { start: 24, end: 32 },
      { start: 57, end: 65 },
    ],
  })
})

test.each([
  ['RCPT TO:<a.b@x1.de> ORCPT=rfc822;a.b@x1.de', 'RCPT TO:<person1@domain1.example> ORCPT=rfc822;person1@domain1.example'],
  ['MAIL FROM:<> SIZE=12345 AUTH=<>', 'MAIL FROM:<> SIZE=12345 AUTH=<>'],
  ['MAIL FROM:<12345@qq.com> SIZE=12345', 'MAIL FROM:<person1@domain1.example> SIZE=12345'],
  ['MAIL FROM:<a@x1.de> AUTH=bob@x1.de', 'MAIL FROM:<person1@domain1.example> AUTH=person2@domain1.example'],
  ['RCPT TO:<"odd one"@x1.de>', 'RCPT TO:<person1@domain1.example>'],
  ['RCPT TO:<ann@[10.1.2.3]>', 'RCPT TO:<person1@[192.0.2.1]>'],
  ['RCPT TO:<ann@[IPv6:2a00::1]>', 'RCPT TO:<person1@[IPv6:2001:db8::1]>'],
  ['RCPT TO:<bounces+ann=x1.de@list.org>', 'RCPT TO:<person1@domain1.example>'],
  ['RCPT TO:<postmaster@x1.de>', 'RCPT TO:<postmaster@domain1.example>'],
  ['EHLO [10.1.2.3]', 'EHLO [192.0.2.1]'],
  ['EHLO [127.0.0.1]', 'EHLO [127.0.0.1]'],
  ['EHLO localhost', 'EHLO localhost'],
  ['EHLO DESKTOP-77', 'EHLO host1.example'],
  ['VRFY ann', 'VRFY Person 1'],
])('%s', (before, after) => {
  const { recorded } = redact(recordedOf([line(before, 'other')], { host: 'localhost' }), all)
  expect(recorded.events[0]).toMatchObject({ raw: `${after}\r\n` })
}) // prettier-ignore

const challenge = (text: string): string => `334 ${toBase64(utf8(text))}`
test('a challenge of CRAM-MD5 keeps its form, without the host in it', () => {
  const session = recordedOf([reply(challenge('<1896.697170952@mail7.corp.com>'), 'auth')])
  const { recorded } = redact(session, all)
  expect(recorded.events[0]).toMatchObject({ raw: `${challenge('<person1@domain1.example>')}\r\n` })
})

/** Names that no word of this program, of SMTP or of the fixed parts below holds. */
const word = fc
  .stringMatching(/^[a-z][a-z0-9]{5,9}$/)
  .map((text) => `q${text}z`)
  .filter((text) => !/person|domain|host|example/.test(text))
const anyCase = (text: string, flips: readonly boolean[]): string =>
  Array.from(text)
    .map((c, index) => (flips[index % flips.length] === true ? c.toUpperCase() : c))
    .join('')

test('nothing of what was hidden is anywhere in the result, in any case', () => {
  const parts = fc.record({
    user: word, friend: word, org: word, host: word, client: word, company: word, given: word, family: word,
    ip: fc.tuple(fc.integer({ min: 11, max: 99 }), fc.integer({ min: 100, max: 255 }), fc.integer({ min: 100, max: 255 })),
    flips: fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
  }) // prettier-ignore
  fc.assert(
    fc.property(parts, ({ user, friend, org, host, client, company, given, family, ip: [a, b, c], flips }) => {
      const me = `${user}@${org}.com`
      const you = `${friend}.${family}@${org}.co.uk`
      const mx = `${host}.${org}.com`
      const ip = `${a}.${b}.${c}.77`
      const flip = (text: string): string => anyCase(text, flips)
      const raw = `From: "${family}, ${given}" <${me}>\r\nTo: =?utf-8?B?${toBase64(utf8(`${given} ${family}`))}?=\r\n\t<${you}>\r\nMessage-ID: <7.8@${client}.${org}.com>\r\n\r\nDear ${given}, see https://${flip(mx)}/x, ${flip(family)}!\r\n`
      const bodies: EventBody[] = [
        ...sampleBodies.slice(0, 8),
        { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'failed', took: 1, sni: flip(mx), problem: { code: 'X', message: `not for ${flip(mx)}` }, chain: [{ subject: `O=${company} \u00d6 Ltd, CN=*.${org}.com`, issuer: `CN=${company} CA`, names: [`DNS:${mx}`], validFrom: '', validTo: '', serial: '77', fingerprint256: 'AA' }] },
        { kind: 'connect', phase: 'tcp', direction: 'none', address: ip, port: 25, family: 4, took: 1, outcome: 'failed', fault: { code: 'E', message: `connect ${ip}:25` } },
        reply(`220-${flip(mx)} ESMTP ${company}\r\n220 ${flip(client)} is welcome`, 'banner'),
        line(`EHLO ${client}`, 'ehlo'),
        reply(`334 ${toBase64(utf8(`<1.2@${mx}>`))}`, 'auth'),
        line(`MAIL FROM:<${flip(me)}> SIZE=7`, 'mail'),
        reply(`250 2.1.0 ${flip(user)}... Sender ok, from [${ip}] (${you}), id=${mx}:25.`, 'mail'),
        line(`RCPT TO:<${you}>`, 'rcpt'),
        { kind: 'finding', direction: 'none', phase: 'rcpt', code: 'c', severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message: `${flip(you)} is unknown to ${mx}`, next: `Ask ${user}.` },
        { kind: 'remark', direction: 'none', phase: 'other', text: `connect from ${flip(mx)}[${ip}], user=<${flip(you)}>`, understood: false },
        { kind: 'edit', direction: 'none', phase: 'rcpt', action: 'edited', before: `RCPT TO:<${me}>\r\n` },
        { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 40, last: false, encoding: 'data', raw: raw.slice(0, 40) },
        { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 40, size: raw.length - 40, last: true, encoding: 'data', raw: raw.slice(40) },
      ] // prettier-ignore
      const { recorded } = redact(recordedOf(bodies, { host: flip(mx), title: `to ${mx}` }), all)
      const json = JSON.stringify(recorded).toLowerCase()
      for (const secret of [user, friend, org, host, client, company, given, family, ip])
        expect(json).not.toContain(secret)
      for (const secret of [user, friend, mx, given]) expect(json).not.toContain(toBase64(utf8(secret)).slice(0, 8))
      for (const event of recorded.events) expect(TranscriptEvent.safeParse(event).success).toBe(true)
    }),
    { numRuns: 150 },
  ) // prettier-ignore
})

test('hostile text takes time in proportion to its length and is never cut', () => {
  for (const piece of [
    '@',
    'a.',
    '<',
    '=?',
    '1.1.1.1',
    ':::',
    '"',
    'a@',
    '=?utf-8?Q?',
    ' ',
    'aaa=',
    '250-',
  ]) {
    const raw = piece.repeat(Math.ceil(200_000 / piece.length))
    const events = recordedOf([reply(raw, 'banner'), line(raw, 'other')])
    expect(redact(events, all).recorded.events).toHaveLength(2)
  }
})

const told = (bodies: EventBody[]): string =>
  JSON.stringify(redact(recordedOf(bodies, { host: 'mx.corp.com' }), all).recorded).toLowerCase()
const mailed = (raw: string): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: raw.length, last: true, encoding: 'data', raw }) // prettier-ignore

test.each([
  ['an xtext', [line('RCPT TO:<x@y.org> ORCPT=rfc822;zebra+40lion.com', 'rcpt')]],
  ['a URL', [reply('550 http://spf.org/Why?id=zebra%40lion.com;ip=10.9.8.7', 'rcpt')]],
  ['whom VRFY names', [line('VRFY smith', 'other'), reply('250 Roberta Zebra <smith@y.org>', 'other'), reply('550 Zebra', 'other')]],
  ['whom VRFY names after a message', [mailed('Subject: x\r\n\r\nhi\r\n'), line('.', 'body'), reply('250 kept', 'body'), line('VRFY smith', 'other'), reply('250 Roberta Zebra <smith@y.org>', 'other'), reply('550 Zebra', 'other')]],
  ['whom VRFY names after a command without an answer', [line('NOOP', 'other'), line('VRFY smith', 'other'), reply('250 Roberta Zebra <smith@y.org>', 'other'), reply('550 Zebra', 'other')]],
  ['whom VRFY names after a message to two by LMTP', [mailed('Subject: x\r\n\r\nhi\r\n'), line('VRFY\tsmith', 'other'), reply('250 a', 'body'), reply('250 b', 'body'), reply('250 Roberta Zebra <smith@y.org>', 'other'), reply('550 Zebra', 'other')]],
  ['whom VRFY names before it is said', [reply('250 Roberta Zebra <smith@y.org>', 'other'), line('VRFY smith', 'other'), reply('550 Zebra', 'other')]],
  ['a person by the parts of the address', [line('RCPT TO:<roberta.zebra+tag@y.org>', 'rcpt'), reply('550 Roberta Zebra has left; roberta.zebra', 'rcpt')]],
  ['a greeting without dots', [reply('220 lion7 Microsoft ESMTP', 'banner'), reply('221 lion7 out', 'quit')]],
  ['an EHLO reply without dots', [reply('250-lion7, pleased to meet you', 'ehlo'), reply('221 lion7 out', 'quit')]],
  ['the owner of a domain', [reply('220 mx.lion.com Lion Mail Gateway', 'banner')]],
  ['trace fields', [mailed('Received: from zebra7 (HELO lion) by lion8\r\n (Authenticated sender: zebra)\r\n\r\nhi')]],
  ['a name in a comment', [mailed('From: r@y.org (Roberta Zebra)\r\nOrganization: Lion Works\r\n\r\nRoberta of Lion')]],
  ['pasted header fields', [{ kind: 'remark', phase: 'other', direction: 'none', text: ' -> From: "Roberta Zebra" <r@y.org>\n -> Zebra', understood: false }]],
  ['XCLIENT', [line('XCLIENT NAME=mx.lion.com LOGIN=zebra HELO=lion9', 'other')]],
  ['a recipient that is none', [line('RCPT TO: zebra', 'rcpt')]],
  ['a verb that is none', [{ ...line('zebra@lion.com HELLO', 'other'), verb: 'ZEBRA@LION.COM' } as EventBody]],
] satisfies [string, EventBody[]][])('nothing stays of %s', (_what, bodies) => {
  expect(told(bodies)).not.toMatch(/zebra|lion|roberta|10\.9/)
}) // prettier-ignore

const greeted = (name: string) => recordedOf([reply(`220 ${name} ESMTP`, 'banner')], { host: 'localhost' })

test('sessions that are read side by side have the same stand-in for the same thing, and another for another', () => {
  const all3 = [greeted('mx.lion.com'), greeted('mx.zebra.com'), greeted('MX.lion.com')]
  const { recorded, replaced } = atOnce(redactingTogether(all3, { ...all, bodies: true }))
  const hosts = recorded.map(({ events }) => (events[0]?.kind === 'reply' ? events[0].raw : ''))
  expect(hosts[0]).toBe('220 host1.example ESMTP\r\n')
  expect(hosts[1]).toBe('220 host2.example ESMTP\r\n')
  expect(hosts[2]).toBe(hosts[0])
  expect(replaced.names).toBe(2)
})
