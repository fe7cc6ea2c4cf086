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
