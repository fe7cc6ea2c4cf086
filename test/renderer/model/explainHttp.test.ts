import { describe, expect, it } from 'vitest'
import { compactLines } from '#renderer/model/compact.ts'
import { explain } from '#renderer/model/explain.ts'
import { explainRequest, explainResponse } from '#renderer/model/explainHttp.ts'
import { lineParts, replyParts } from '#renderer/model/wire.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const base = { session: 's', seq: 1, at: 0 }
const request: EventOf<'line'> = {
  ...base, kind: 'line', phase: 'data', direction: 'to-server', verb: 'POST',
  raw: 'POST /api/v1/transmissions HTTP/1.1\r\nAuthorization: ********\r\n\r\n', masked: [{ start: 52, end: 60 }],
} // prettier-ignore
const response = (status: string): EventOf<'reply'> => ({
  ...base, seq: 2, kind: 'reply', phase: 'body', direction: 'to-client', code: Number(status.slice(0, 3)),
  raw: `HTTP/1.1 ${status}\r\nA: b\r\n\r\n{"m":"no"}`,
}) // prettier-ignore

describe('HTTP explained', () => {
  it('takes a request apart', () => {
    expect(lineParts(request)).toEqual({
      verb: 'POST',
      rest: '/api/v1/transmissions HTTP/1.1',
      secret: true,
    })
    expect(explain(request)).toEqual(explainRequest(request))
    expect(explainRequest(request)?.parts.map(({ text }) => text)).toEqual([
      'POST',
      '/api/v1/transmissions',
      'HTTP/1.1',
    ])
  })

  it('says what a status means for the message', () => {
    expect(explain(response('401 Unauthorized'))).toMatchObject({ tone: 'bad' })
    expect(explainResponse(response('429 Too Many Requests'))).toMatchObject({
      tone: 'warn',
      next: expect.stringContaining('Retry-After'),
    })
    expect(explainResponse(response('299 X'))?.plain).toContain('done')
    expect(replyParts(response('400 Bad Request'))).toMatchObject({
      text: 'Bad Request {"m":"no"}',
      tone: 'bad',
    })
  })

  it('leaves SMTP to the rules of SMTP', () => {
    expect(explainResponse({ ...response('250 OK'), raw: '250 OK\r\n' })).toBeNull()
    expect(explainRequest({ ...request, raw: 'NOOP\r\n' })).toBeNull()
  })

  it('stands in the compact dialogue as two lines', () => {
    const lines = compactLines([request, response('200 OK')]).filter(({ seq }) => seq > 0)
    expect(lines.map(({ strong, text }) => `${strong} ${text}`)).toEqual([
      'POST /api/v1/transmissions HTTP/1.1',
      '200 OK {"m":"no"}',
    ])
  })
})
