import { expect, test } from 'vitest'
import { fileOf } from '#shared/transcript/writer.ts'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { opensslStarttls, postfixVerbose, swaksTls } from '../../../../shared/transcript/import/texts.ts'
import { recordedOf } from '../../../../shared/transcript/export/sample.ts'
import { end, head, line, numbered, reply } from '../../../../shared/transcript/samples.ts'
import { explain } from '../../../../../electron/hosts/terminal/commands/explain.ts'
import { ExplainReport } from '../../../../../electron/hosts/terminal/commands/explainReport.ts'

async function run(text: string, asJson = false) {
  const io = keptIo()
  const pieces = async function* (): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += 1000) yield text.slice(at, at + 1000)
  }
  const status = await explain('log', { json: asJson }, io, pieces)
  return { io, status, report: asJson ? ExplainReport.parse(JSON.parse(io.written)) : null }
}

test('a refused recipient: status 1, the finding with its proof', async () => {
  const { io, status } = await run(swaksTls)
  expect(status).toBe(1)
  expect(io.said).toEqual(['Read as output of swaks.'])
  expect(io.written).toContain('to 127.0.0.1:587, TLS starttls: Message accepted for 1 of 2, 250')
  expect(io.written).toContain('Times are not in this text.')
  expect(io.written).toContain('40 lines understood, 0 not.'.replace('40', String(swaksTls.trim().split('\n').length)))
  expect(io.written).toMatch(/✗ recipient-unknown: .+\n.+\n(?:.+\n)*? {4}· Server, 550 5\.1\.1/)
  expect(io.written).not.toMatch(/c2VjcmV0|secret w0rd/)
}) // prettier-ignore

test('as JSON, fit for its schema', async () => {
  const { report, status } = await run(opensslStarttls, true)
  expect(status).toBe(0)
  expect(report).toMatchObject({ schema: 'relayscope.explain/1', form: 'openssl', problems: [] })
  const [session] = report!.sessions
  expect(session).toMatchObject({ tls: 'starttls', times: 'none', lines: { unknown: 0 } })
  expect(session).not.toHaveProperty('id')
  expect(session!.findings.map(({ code }) => code)).toContain('certificate-untrusted-root')
  for (const { evidence, proof } of session!.findings) expect(proof).toHaveLength(evidence.length)
})

test('each session of a log, and nothing wrong', async () => {
  const { report } = await run(postfixVerbose, true)
  expect(report!.sessions.map(({ host }) => host)).toEqual(['127.0.0.1', '192.0.2.7'])
  const fine = await run('220 hi\nQUIT\n221 bye\n')
  expect([fine.status, fine.io.written.includes('Nothing was found to be wrong.')]).toEqual([0, true])
})

test('what a server said at length is cut, as JSON too', async () => {
  const long = 'x'.repeat(50_000)
  const events = numbered([reply('220 hi', 'banner'), line('RCPT TO:<a@b>', 'rcpt', { verb: 'RCPT' }), reply(`550 5.1.1 ${long}`, 'rcpt'), end()]) // prettier-ignore
  const { io, report } = await run([...fileOf([{ head: head(), events }])].join(''), true)
  expect(io.written.length).toBeLessThan(5000)
  expect(report!.sessions[0]!.findings[0]!.proof.join(' ')).toContain('… (50,000 characters)')
})

test('a case file is diagnosed too', async () => {
  const events = numbered([reply('220 hi', 'banner'), line('RCPT TO:<a@b>', 'rcpt', { verb: 'RCPT' }), reply('550 5.1.1 no', 'rcpt'), end()]) // prettier-ignore
  const { report, status } = await run([...fileOf([{ head: head(), events }])].join(''), true)
  expect([status, report!.form, report!.sessions[0]!.lines]).toEqual([1, 'case', null])
})

test.each([
  ['', 'log: The text is empty.'],
  ['lorem ipsum', 'log: No line of this looks like SMTP'],
  ['{"a":1}', 'log, line 1: This is not a Relayscope transcript'],
])('what holds no dialogue (%j): status 2, in words', async (text, words) => {
  const { io, status } = await run(text)
  expect([status, io.written]).toEqual([2, ''])
  expect(io.said.join('\n')).toContain(words)
})

test('a file that cannot be read, and one that is called off', async () => {
  const io = keptIo()
  expect(await explain('/nowhere/at/all', { json: false }, io)).toBe(2)
  expect(io.said.join()).toContain('there is no such file')
  const stopped = keptIo()
  stopped.interrupt()
  expect(await explain('x', { json: false }, stopped, async function* () { yield '220 hi' })).toBe(3) // prettier-ignore
})

test('of a file that is cut off, nothing wrong is said of what could be read only', async () => {
  const whole = [...fileOf([recordedOf([reply('220 mx ESMTP', 'banner'), line('QUIT', 'quit'), reply('221 bye', 'quit')])], { program: 'test' })].join('') // prettier-ignore
  expect((await run(whole)).io.written).toContain('Nothing was found to be wrong.')
  const { io } = await run(whole.slice(0, -40))
  expect(io.said.join()).toContain('ends early')
  expect(io.written).toContain('Nothing was found to be wrong in what could be read.')
})
