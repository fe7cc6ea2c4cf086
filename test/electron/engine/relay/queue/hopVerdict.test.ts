import { expect, test } from 'vitest'
import { hopVerdict } from '#engine/relay/queue/hopVerdict.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'

const end = { host: 'mx.example', port: 25, message: 'It ended.', cancelled: false }
const at = { phase: 'other', direction: 'none' } as const
const verdict = (...bodies: EventBody[]) =>
  hopVerdict(
    bodies.map((body, i): TranscriptEvent => ({ ...body, session: 's', seq: i + 1, at: i })),
    [],
    end,
  )
const connect = (outcome: 'timeout' | 'refused' | 'connected' | 'unreachable', fault?: string): EventBody => ({
  ...at, kind: 'connect', address: '192.0.2.1', port: 25, family: 4, took: 1, outcome, ...(fault ? { fault: { code: 'X', message: fault } } : {}),
}) // prettier-ignore
const reply = (raw: string, code: number): EventBody => ({
  ...at,
  kind: 'reply',
  direction: 'to-client',
  raw,
  code,
})

test.each([
  [[connect('timeout')], 'No answer on port 25'],
  [[connect('refused')], 'Connection refused on port 25'],
  [[connect('unreachable', 'no way there')], 'No connection to port 25: no way there'],
  [[connect('connected')], 'Connected to port 25, but no greeting came'],
  [
    [{ ...at, kind: 'resolve', name: 'mx.example', family: 4, addresses: [], took: 1 }],
    'No address was found for mx.example',
  ],
  [[connect('connected'), reply('554-5.7.1 go\r\n554 5.7.1 away\r\n', 554)], '554 5.7.1 go 5.7.1 away'],
  [[connect('connected'), reply('220 hi\r\n', 220)], 'It ended.'],
  [[], 'It ended.'],
] satisfies [EventBody[], string][])('%#', (events, words) => {
  expect(verdict(...events)).toMatchObject({ words, host: 'mx.example:25', never: false, tlsFailed: false })
})

test('a host that never takes mail, one that is busy, one whose TLS fails', () => {
  expect(verdict(connect('connected'), reply('521 5.3.2 no mail\r\n', 521)).never).toBe(true)
  expect(verdict(connect('connected'), reply('421 later\r\n', 421))).toMatchObject({
    never: false,
    busy: true,
    code: 421,
  })
  const failed = {
    ...at,
    kind: 'tls',
    outcome: 'failed',
    took: 1,
    fault: { code: 'x', message: 'no cipher' },
  } as const
  expect(verdict(connect('connected'), reply('220 hi\r\n', 220), failed)).toMatchObject({
    words: 'TLS could not be made: no cipher',
    tlsFailed: true,
  })
  expect(verdict(connect('connected'), failed).tlsFailed).toBe(false)
})

test.each([
  ['certificate-untrusted-root', 'its authority is not known here'],
  ['certificate-chain-incomplete', 'its issuer is not known here'],
  ['certificate-self-signed', 'it is self-signed'],
] as const)('%s: what of the rules would trust it', (code, why) => {
  const failed = { ...at, kind: 'tls', outcome: 'failed', took: 1, session: 's', seq: 1, at: 0 } as const
  const findings = [{ code, severity: 'error', message: 'x', evidence: [] }] as unknown as Parameters<typeof hopVerdict>[1]
  expect(hopVerdict([failed], findings, end).words).toBe(`Certificate is not trusted: ${why}; smtp-ca FILE in the <domain> of the rules trusts it`)
}) // prettier-ignore
