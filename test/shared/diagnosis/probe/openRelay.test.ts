import { expect, test } from 'vitest'
import { openRelay } from '#shared/diagnosis/probe/openRelay.ts'
import { facts, session } from '#test/support/diagnosis/facts.ts'
import { connected, hello, sealedHello, type Part } from '#test/support/diagnosis/script.ts'

const mail = ['C: MAIL FROM:<a@stranger.example>', 'S: 250 ok', 'C: RCPT TO:<b@Elsewhere.example>']
const body = ['C: DATA', 'S: 354 go', 'C: .', 'S: 250 kept']
const judge = (...parts: Part[]) =>
  openRelay(facts({ relayTrials: [{ session: session(parts), foreignDomains: ['elsewhere.example'] }] }))

test('a recipient, and a whole message; never more than likely', () => {
  expect(judge(...hello(), ...mail, 'S: 250 ok')).toMatchObject([{ code: 'open-relay', confidence: 'possible', evidence: [7, 8] }]) // prettier-ignore
  expect(judge(...hello(), ...mail, 'S: 250 ok', ...body)).toMatchObject([{ confidence: 'likely', proof: [{ session: 's1', events: [7, 8, 11, 12] }] }]) // prettier-ignore
})

test('ports and addresses of one host are one relay, with the proof of each', () => {
  const parts = [...hello(), ...mail, 'S: 250 ok']
  const trial = (id: string, port: number, host = 'mx.test') => ({ session: session(parts, { host, port }, id), foreignDomains: ['elsewhere.example'] }) // prettier-ignore
  const relayTrials = [trial('a', 587), trial('b', 25), trial('c', 25), trial('d', 25, 'mx2.test')]
  const found = openRelay(facts({ relayTrials }))
  expect(found).toHaveLength(2)
  expect(found[0]!.message).toContain('mx.test ports 25 and 587 took a recipient for elsewhere.example')
  expect(found[0]!.proof.map((one) => one.session)).toEqual(['a', 'b', 'c'])
  expect(found[1]!.message).toContain('mx2.test port 25 took a recipient')
})

test('this computer itself may be trusted', () => {
  const here = [connected({ address: '127.0.0.1' }), ...hello().slice(1)]
  expect(judge(...here, ...mail, 'S: 250 ok', ...body)).toMatchObject([
    { confidence: 'possible', severity: 'warning' },
  ])
})

test('refused, after a login, or for a domain of its own', () => {
  expect(judge(...hello(), ...mail, 'S: 554 5.7.1 relay access denied')).toEqual([])
  expect(
    judge(...sealedHello('AUTH PLAIN'), 'C: AUTH PLAIN ********', 'S: 235 ok', ...mail, 'S: 250 ok'),
  ).toEqual([])
  expect(judge(...hello(), ...mail.slice(0, 2), 'C: RCPT TO:<b@example.org>', 'S: 250 ok')).toEqual([])
})
