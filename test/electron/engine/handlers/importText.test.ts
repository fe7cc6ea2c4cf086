import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { longestText } from '#shared/transcript/import/sourceLines.ts'
import { opensslStarttls, postfixVerbose, swaksTls } from '../../../shared/transcript/import/texts.ts'
import { selfSigned } from '../../../support/dialogue/certificates.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const eventsOf = (session: string): Promise<TranscriptEvent[]> =>
  collect(bench.client, 'transcript.events', { session }, (all) => all.at(-1)?.kind === 'end')

test('swaks output becomes a session that is diagnosed like our own, its content kept', async () => {
  const { sessions, problems, form } = await bench.client.call('transcript.import', { text: swaksTls })
  expect([form, problems, sessions.length]).toEqual(['swaks', [], 1])
  const session = sessions[0]!
  expect(await bench.client.call('transcript.get', { session })).toMatchObject({ source: 'import', words: 'Message accepted for 1 of 2, 250', times: 'none' }) // prettier-ignore
  const events = await eventsOf(session)
  const refused = events.find((event) => event.kind === 'reply' && event.code === 550)
  expect(events.find(({ kind }) => kind === 'finding')).toMatchObject({ evidence: expect.arrayContaining([refused!.seq]) }) // prettier-ignore
  const { base64 } = await bench.client.call('transcript.body', { session, body: 1, from: 0, size: 1000 })
  expect(Buffer.from(base64, 'base64').toString()).toBe('Subject: test\r\n\r\n.dot\r\n\r\n')
  expect(JSON.stringify(events)).not.toMatch(/c2VjcmV0|secret w0rd/)
})

test('a certificate in the text is read in full', async () => {
  const { cert } = await selfSigned({ name: 'mx.peer.test' })
  const text = opensslStarttls.replace(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/, `${cert.trim()}\n`) // prettier-ignore
  const { sessions } = await bench.client.call('transcript.import', { text })
  const tls = (await eventsOf(sessions[0]!)).find(({ kind }) => kind === 'tls')
  expect(tls).toMatchObject({ chain: [{ subject: 'CN=mx.peer.test', fingerprint256: expect.stringMatching(/^[0-9A-F:]{95}$/) }] }) // prettier-ignore
})

test('several sessions of a log are several dialogues', async () => {
  const { sessions, form } = await bench.client.call('transcript.import', { text: postfixVerbose })
  expect([form, sessions.length, new Set(sessions).size]).toEqual(['postfix', 2, 2])
})

test('a text in parts is read as a whole', async () => {
  const { import: id } = await bench.client.call('transcript.beginImport', {})
  for (let at = 0; at < swaksTls.length; at += 100)
    await bench.client.call('transcript.importPart', { import: id, text: swaksTls.slice(at, at + 100) })
  expect(await bench.client.call('transcript.endImport', { import: id })).toMatchObject({ form: 'swaks', problems: [] }) // prettier-ignore
})

test('what is too long is read as far as it may be, and said', async () => {
  const text = `${swaksTls}${' ~> x\n'.repeat(longestText / 6)}`
  const { sessions, problems } = await bench.client.call('transcript.import', { text })
  expect(sessions).toHaveLength(1)
  expect(problems.join(' ')).toContain('take the part that matters')
}, 60_000)

test('what is no dialogue is told in words, and leaves nothing', async () => {
  const answer = await bench.client.call('transcript.import', { text: 'lorem ipsum' })
  expect(answer).toMatchObject({ sessions: [], form: null, problems: [expect.stringContaining('looks like SMTP')] }) // prettier-ignore
})
