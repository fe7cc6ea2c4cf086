import { expect, test } from 'vitest'
import {
  answerParts,
  authStepOf,
  challengeParts,
  decodedChallenge,
  proofParts,
} from '#renderer/model/authStep.ts'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'

const secret = { masked: [0, 8] as [number, number] }
const exchange = (mechanism: string, challenges: string[]) => {
  const builder = new TranscriptBuilder({ id: 's' }).client(`AUTH ${mechanism}`)
  for (const challenge of challenges) builder.server(`334 ${btoa(challenge)}`).client('********', 1, secret)
  const { events } = builder.server('235 2.7.0 Ok').build()
  return { events, log: appendEvents(emptyLog(), { events }) }
}
const labels = (mechanism: string, answers: number) => answerParts({ mechanism, answers }).parts.map(({ label }) => label) // prettier-ignore

test('which answer of which mechanism a line is', () => {
  const { events, log } = exchange('LOGIN', ['Username:', 'Password:'])
  expect(events.map((event) => authStepOf(log, event)?.answers)).toEqual([0, 0, 1, 1, 2, 2])
  expect(authStepOf(log, events[2]!)?.mechanism).toBe('LOGIN')
  const initial = new TranscriptBuilder({ id: 's' }).client('AUTH PLAIN ********', 1, { masked: [11, 19] }).build().events // prettier-ignore
  expect(authStepOf(appendEvents(emptyLog(), { events: initial }), initial[0]!)).toEqual({ mechanism: 'PLAIN', answers: 1 }) // prettier-ignore
})

test('the parts of a masked answer by its mechanism, every value bullets', () => {
  expect(labels('PLAIN', 1)).toEqual(['acts for', 'user name', 'password'])
  expect([labels('LOGIN', 1), labels('LOGIN', 2)]).toEqual([['user name'], ['password']])
  expect(answerParts({ mechanism: 'SCRAM-SHA-256', answers: 2 }).parts.map(({ text }) => text)).toEqual(['c=••••••••', 'r=••••••••', 'p=••••••••']) // prettier-ignore
  expect(labels('OAUTHBEARER', 1)).toContain('access token')
  expect(labels('NTLM', 1)).toEqual([])
})

test('the server’s questions are decoded: prompts, a challenge, the fields of SCRAM', () => {
  const { events, log } = exchange('SCRAM-SHA-256', ['r=abc,s=QSXCR+Q6sek8bf92,i=4096'])
  const [, reply] = events
  const text = decodedChallenge(reply as EventOf<'reply'>)
  expect(text).toBe('r=abc,s=QSXCR+Q6sek8bf92,i=4096')
  const { parts } = challengeParts(text!, authStepOf(log, reply!))
  expect(parts.map(({ label }) => label)).toEqual(['both nonces', 'salt', 'rounds'])
  expect(decodedChallenge(exchange('LOGIN', ['Username:']).events[1] as EventOf<'reply'>)).toBe('Username:')
})

test('what is masked, binary, no base64 or deceiving is not shown as if it were text', () => {
  const reply = exchange('LOGIN', ['Username:']).events[1] as EventOf<'reply'>
  expect(decodedChallenge({ ...reply, masked: [{ start: 4, end: 12 }] })).toBeNull()
  expect(decodedChallenge({ ...reply, raw: '334 not*base64\r\n' })).toBeNull()
  expect(decodedChallenge({ ...reply, raw: `334 ${btoa('\0\x01')}\r\n` })).toBeNull()
  const turned = btoa(String.fromCharCode(0xe2, 0x80, 0xae, 0x61))
  expect(decodedChallenge({ ...reply, raw: `334 ${turned}\r\n` })).toBe('\\u{202e}a')
})

test('a refused token: the fields of the JSON, told one by one', () => {
  const step = { mechanism: 'OAUTHBEARER', answers: 1 }
  const { parts, meanings } = challengeParts('{"status":"invalid_token","scope":"mail","x":"y"}', step)
  expect(parts.map(({ text }) => text)).toEqual(['status: invalid_token', 'scope: mail', 'x: y'])
  expect(meanings.map(({ part }) => part)).toEqual(['status', 'scope'])
  expect(challengeParts('{}', step).parts[0]?.label).toBe('question, decoded')
})

test('the masked proof of a SCRAM server is named, and its value is bullets', () => {
  const reply = { kind: 'reply', raw: '334 ********\r\n', masked: [[4, 12]] } as unknown as EventOf<'reply'>
  const step = { mechanism: 'SCRAM-SHA-256-PLUS', answers: 2 }
  expect(proofParts(reply, step)?.parts).toEqual([{ text: 'v=••••••••', label: 'proof of the server', look: 'secret' }]) // prettier-ignore
  expect(proofParts(reply, { ...step, answers: 1 })).toBeNull()
  expect(proofParts({ ...reply, masked: [] }, step)).toBeNull()
  expect(labels('SCRAM-SHA-256-PLUS', 1)).toEqual(['channel binding', 'user name', 'client nonce'])
})
