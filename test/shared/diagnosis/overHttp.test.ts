import { expect, it } from 'vitest'
import { diagnoseConnection } from '#shared/diagnosis/connect.ts'
import { diagnoseTls } from '#shared/diagnosis/tls.ts'
import { overHttp } from '#shared/diagnosis/overHttp.ts'
import { connectEvent, replyEvent, resolveEvent, tlsEvent } from '#test/support/events.ts'

it('gives no advice about mail servers where an API was to be reached', () => {
  const refused = [connectEvent(1, { outcome: 'refused' })]
  expect(diagnoseConnection(refused)[0]?.next).toContain('mail server')
  expect(diagnoseConnection(refused, 'http')[0]?.next).toContain('the port in its address')
  const unknown = [resolveEvent(1, { addresses: [], fault: { code: 'ENOTFOUND', message: 'no such name' } })]
  const [found] = diagnoseConnection(unknown, 'http')
  expect(found?.next).toBe('Check the spelling of the API’s address.')
  expect(found && 'references' in found).toBe(false)
})

it('leaves alone what holds for any server', () => {
  const [reset] = diagnoseConnection([connectEvent(1, { outcome: 'reset' })])
  expect(reset && overHttp(reset)).toBe(reset)
})

it('does not call HTTP a wrong protocol for an HTTP API', () => {
  const failed = tlsEvent(2, { outcome: 'failed', fault: { code: 'plain-answer', message: 'x' } })
  const after = (raw: string) => diagnoseTls([connectEvent(1), failed, replyEvent(3, raw)], 'http')
  expect(after('HTTP/1.1 400 Bad\r\n')).toMatchObject([
    { code: 'port-speaks-plain', confidence: 'certain', evidence: [2, 3], next: expect.stringContaining('https') },
  ])
  expect(after('SSH-2.0-x\r\n')).toMatchObject([{ code: 'port-speaks-plain', message: expect.stringContaining('by SSH') }])
}) // prettier-ignore
