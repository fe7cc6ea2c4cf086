import { expect, test } from 'vitest'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import { head, script, codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('a command and a line that are not known', () => {
  expect(diagnose([...open, 'C: NOOP', 'S: 502 5.5.1 no'])).toMatchObject([
    { code: 'unknown-command', evidence: [5, 6] },
  ])
  expect(diagnose([...open, 'C: WHAT', 'S: 500 5.5.1 no'])[0]!.message).toContain('no SMTP command')
})

test('switched off on purpose, or told elsewhere', () => {
  expect(codesOf([...open, 'C: VRFY me', 'S: 502 5.5.1 disabled'])).toEqual([])
  expect(codesOf([...open, 'C: EHLO me', 'S: 502 5.5.1 no'])).toEqual(['ehlo-rejected'])
})

test('a reply that a person chose at our own server blames no client; at a client it is as real as any', () => {
  for (const code of [500, 502, 503, 550]) {
    const parts = [...open, 'C: MAIL FROM:<a@b.example>', `S: ${code} 5.5.1 no`]
    const events = script(parts).map((event, i) =>
      event.kind === 'reply' && i === parts.length - 1 ? { ...event, edited: true as const } : event,
    )
    expect(diagnoseTranscript(head({ role: 'server' }), events).map((one) => one.code)).toEqual([])
    expect(diagnoseTranscript(head(), events)).not.toEqual([])
  }
})
