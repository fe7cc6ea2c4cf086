import { expect, test } from 'vitest'
import { diagnosed } from '#engine/server/diagnosed.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connected, ended, hello, script, type Part } from '#test/support/diagnosis/script.ts'

const head = { source: 'server', role: 'server', host: '192.0.2.1', port: 587, tls: 'starttls' } as const

function record(parts: readonly Part[]): TranscriptEvent[] {
  const hub = memoryHub()
  const recorder = diagnosed(hub.begin(head), head, new Date(0))
  for (const { session: _, seq: __, ...event } of script(parts)) recorder.write(event, event.at)
  expect(recorder.seq).toBe(hub.events(recorder.session).length)
  return hub.events(recorder.session)
}
const codes = (parts: readonly Part[]): string[] =>
  record(parts).flatMap((event) => (event.kind === 'finding' ? [event.code] : []))

test('what the client did wrong stands before the end, with its evidence', () => {
  const events = record([
    ...hello(),
    'C: RCPT TO:<b@x.example>',
    'S: 503 5.5.1 MAIL first',
    ended('completed', 'client'),
  ])
  expect(events.at(-2)).toMatchObject({
    kind: 'finding',
    code: 'bad-sequence',
    side: 'client',
    evidence: [5, 6],
  })
  expect(events.at(-1)!.kind).toBe('end')
})

test('a password in clear, and a command that is not known', () => {
  const auth = ['C: AUTH PLAIN ********', 'S: 235 ok']
  expect(codes([...hello('AUTH PLAIN'), ...auth, ended('completed', 'client')])).toEqual([
    'auth-offered-in-clear',
  ])
  expect(codes([...hello(), 'C: NOOP', 'S: 500 what', ended('completed', 'client')])).toEqual([
    'unknown-command',
  ])
})

test('a refusal of ours, a healthy session and a health check give none', () => {
  const refused = ['C: MAIL FROM:<>', 'S: 250 ok', 'C: RCPT TO:<b@x.example>', 'S: 550 5.1.1 no such user']
  expect(codes([...hello(), ...refused, 'C: QUIT', 'S: 221 bye', ended('completed', 'client')])).toEqual([])
  expect(codes([connected(), ended('closed', 'client')])).toEqual([])
})

test('everything else of the recorder is passed on', () => {
  const hub = memoryHub()
  const recorder = diagnosed(hub.begin(head), head, new Date(0))
  recorder.held(true)
  recorder.conceal('p4ss-word')
  recorder.delivered('m1')
  expect(hub.sessions.get(recorder.session)!.held).toEqual([true])
  expect(recorder.elapsed()).toBeGreaterThanOrEqual(0)
})

/** Findings of a session with one 502, `edited` by a person or not, a long tail, and the finding `known` already or not. */
function written(edited: boolean, known: boolean): string[] {
  const hub = memoryHub()
  const recorder = diagnosed(hub.begin(head), head, new Date(0))
  for (const { session: _, seq: __, ...event } of script([...hello(), 'C: NOOP', 'S: 502 no'])) {
    const own = event.kind === 'reply' && event.code === 502 && edited ? { ...event, edited } : event
    recorder.write(own, event.at)
  }
  // Behind everything that is remembered.
  for (let i = 0; i < 300; i++)
    recorder.write({ kind: 'reply', phase: 'other', direction: 'to-client', raw: '250 ok\r\n', code: 250 })
  if (known)
    recorder.write({ kind: 'finding', code: 'unknown-command', severity: 'warning', phase: 'other', side: 'client', confidence: 'certain', direction: 'none', evidence: [1], message: 'm', next: 'n' }) // prettier-ignore
  recorder.write({ kind: 'end', phase: 'other', direction: 'none', outcome: 'completed', by: 'client', message: '' }) // prettier-ignore
  return hub.events(recorder.session).flatMap((event) => (event.kind === 'finding' ? [event.code] : []))
}

test('a reply that a person chose is not the client’s doing; what was found before is not said again', () => {
  expect(written(true, false)).not.toContain('unknown-command')
  expect(written(false, false)).toContain('unknown-command')
  expect(written(false, true).filter((code) => code === 'unknown-command')).toHaveLength(1)
})
