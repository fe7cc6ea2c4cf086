import { assert as holds, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import { describe as inWords } from '#shared/transcript/describe.ts'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { brokenText, headText, isSecretField, readResponse, requestLine } from '#shared/transcript/http.ts'
import { summarize } from '#shared/transcript/summarize.ts'

const head: SessionHead = {
  id: 's', source: 'send', role: 'client', startedAt: '2026-01-01T00:00:00.000Z', host: 'api.test', port: 443, tls: 'implicit', protocol: 'http',
} // prettier-ignore
const at = (bodies: EventBody[]): TranscriptEvent[] =>
  bodies.map((body, i) => ({ ...body, session: 's', seq: i + 1, at: i }))
const reply = (code: number): EventBody => ({
  kind: 'reply', phase: 'body', direction: 'to-client', raw: `HTTP/1.1 ${code} X\r\n\r\n`, code,
}) // prettier-ignore
const end: EventBody = {
  kind: 'end',
  phase: 'other',
  direction: 'none',
  outcome: 'completed',
  by: 'client',
  message: 'Done.',
}

const words = (code: number) => summarize(head, at([reply(code), end]))

describe('an HTTP exchange in a transcript', () => {
  it('masks what proves who asks, and nothing else', () => {
    const { raw, masked } = headText('POST /x HTTP/1.1', [
      ['Host', 'a'],
      ['Authorization', 'Basic c2VjcmV0'],
      ['x-api-key', 'k3y'],
      ['Subject', 'authorization'],
    ])
    expect(raw).toBe(
      'POST /x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ********\r\nx-api-key: ********\r\nSubject: authorization\r\n\r\n',
    )
    expect(masked?.map(({ start, end: to }) => raw.slice(start, to))).toEqual(['********', '********'])
    expect(headText('A', [['Authorization', 'Basick3y']]).raw).toContain('Authorization: ********')
    expect(isSecretField(' Cookie ')).toBe(true)
  })

  it('shows no credential of a request that could not be read', () => {
    const { raw, cutFrom } = brokenText(`GET / FTP/1\r\nAuthorization: Basic c2VjcmV0\r\nX-Token:hidden\nfoo`)
    expect(raw).toBe('GET / FTP/1\r\nAuthorization: ********\r\nX-Token: ********\nfoo')
    expect(cutFrom).toBeUndefined()
    expect(brokenText('x'.repeat(20), 10).cutFrom).toBe(20)
    holds(property(string(), (text) => brokenText(text).raw.length >= 0))
  })

  it('reads a response, and takes no reply of SMTP for one', () => {
    expect(readResponse('HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"id":1}')).toEqual({
      status: 200,
      reason: 'OK',
      fields: ['A: b'],
      body: '{"id":1}',
    })
    expect(readResponse('HTTP/1.1 204\r\n\r\n')).toEqual({ status: 204, reason: '', fields: [], body: '' })
    expect(readResponse('250 OK\r\n')).toBeNull()
    expect(requestLine('POST /v3/a/messages HTTP/1.1\r\nHost: a\r\n\r\n')).toBe(
      'POST /v3/a/messages HTTP/1.1',
    )
    expect(requestLine('EHLO a\r\n')).toBeNull()
  })

  it('is said by status and body', () => {
    const [event] = at([
      {
        kind: 'reply',
        phase: 'body',
        direction: 'to-client',
        raw: 'HTTP/1.1 401 Unauthorized\r\nA: b\r\n\r\n{"m":1}',
        code: 401,
        sealed: true,
      },
    ])
    expect(inWords(event!)).toBe('Server, 401 Unauthorized, {"m":1}, sealed')
  })

  it('is summed up in the words of HTTP', () => {
    expect(words(200)).toMatchObject({ words: 'Message accepted, 200', tone: 'good' })
    const unfit: EventBody = { ...end, outcome: 'failed', by: 'server' }
    expect(summarize(head, at([reply(200), unfit]))).toMatchObject({ words: 'Answered 200, not accepted', tone: 'warn' }) // prettier-ignore
    expect(words(401)).toMatchObject({ words: 'Key refused, 401', tone: 'bad' })
    expect(words(413)).toMatchObject({ words: 'Message too large, 413', tone: 'bad' })
    for (const status of [408, 420, 425, 429, 503])
      expect(words(status)).toMatchObject({ words: `Put off, ${status}`, tone: 'warn' })
    expect(words(400)).toMatchObject({ words: 'Request refused, 400', tone: 'bad' })
  })

  it('is not judged by the rules of SMTP', () => {
    expect(diagnoseTranscript(head, at([reply(404), end]))).toEqual([])
  })
})
