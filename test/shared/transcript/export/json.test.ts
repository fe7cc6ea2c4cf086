import { expect, test } from 'vitest'
import { dialogueSchema, dialogueVersion, jsonFormat } from '#shared/transcript/export/json.ts'
import { recordedOf, sample } from './sample.ts'

const read = (recorded: typeof sample): unknown =>
  JSON.parse([...jsonFormat.write(recorded, 'relayscope 1.2.3')].join(''))

test('what was said and answered, agreed and found', () => {
  expect(read(sample)).toMatchObject({
    schema: dialogueSchema,
    version: dialogueVersion,
    program: 'relayscope 1.2.3',
    session: { host: 'mx.corp.com', port: 587, words: 'Message accepted for 1 of 2, 250' },
    names: [{ event: 1, name: 'mx.corp.com' }],
    connections: [{ event: 2, outcome: 'connected' }],
    tls: [{ event: 8, version: 'TLSv1.3', chain: [{ issuer: 'C=US, O=Widget Trust, CN=R3' }] }],
    findings: [{ event: 19, code: 'unknown-recipient', evidence: [18] }],
    end: { event: 26, outcome: 'completed' },
  })
  const { exchanges } = read(sample) as { exchanges: object[] }
  expect(exchanges[0]).toMatchObject({ said: null, reply: { event: 3, code: 220, text: ['mx.corp.com ESMTP ready'] } }) // prettier-ignore
  expect(exchanges[1]).toMatchObject({
    phase: 'ehlo',
    sealed: false,
    said: { event: 4, verb: 'EHLO', text: 'EHLO laptop7.corp.com', octets: 23 },
    reply: { code: 250, text: ['mx.corp.com Hello laptop7.corp.com [192.168.7.20]', 'SIZE 10240000', 'STARTTLS'] },
    waited: 1000,
  })
  expect(exchanges[7]).toMatchObject({ reply: { code: 550, enhanced: '5.1.1', text: ['<ghost@kunde.de>: no such user ghost'] } }) // prettier-ignore
  expect(JSON.stringify(exchanges)).not.toContain('Dear')
}) // prettier-ignore

test('a session without anything', () =>
  expect(read(recordedOf([]))).toMatchObject({ exchanges: [], tls: [], findings: [], end: null }))
