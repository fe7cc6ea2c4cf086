import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFindingCode } from '#shared/diagnosis/codes.ts'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import { anyBody, numbered } from '#test/shared/transcript/samples.ts'
import { codesOf, diagnose, ended, head, hello, script, sealedHello } from '#test/support/diagnosis/script.ts'

const healthy = [
  ...sealedHello('PIPELINING', 'SIZE 1000000', 'AUTH PLAIN'),
  'C: AUTH PLAIN ********',
  'S: 235 2.7.0 ok',
  'C: MAIL FROM:<a@example.net> SIZE=10',
  'S: 250 2.1.0 ok',
  'C: RCPT TO:<b@example.org>',
  'S: 250 2.1.5 ok',
  'C: DATA',
  'S: 354 go ahead',
  'C: .',
  'S: 250 2.0.0 kept as 42',
  'C: QUIT',
  'S: 221 2.0.0 bye',
  ended('completed', 'client'),
]

test('a healthy session has one finding: the message was accepted', () => {
  const [finding, ...more] = diagnose(healthy)
  expect(finding).toMatchObject({ code: 'accepted', severity: 'good', evidence: [18, 19] })
  expect(more).toEqual([])
})

test('what the recorder found already is not said again', () => {
  const refused = [...hello('SIZE'), 'C: MAIL FROM:<a@example.net>', 'S: 550 5.7.1 no']
  expect(codesOf(refused, { tls: 'none' })).toEqual(['sender-rejected'])
  const known = { ...diagnose(refused, { tls: 'none' })[0]!, kind: 'finding', direction: 'none' } as const
  expect(codesOf([...refused, known], { tls: 'none' })).toEqual([])
})

test('the same cause many times is one finding with the evidence of all, bounded', () => {
  const many = Array.from({ length: 100 }, (_, i) => [
    `C: RCPT TO:<${i}@x.example>`,
    'S: 550 5.1.1 no such user',
  ])
  const found = diagnose([...hello(), 'C: MAIL FROM:<>', 'S: 250 ok', ...many.flat()], { tls: 'none' })
  expect(found.map(({ code }) => code)).toEqual(['recipient-unknown'])
  expect(found[0]!.message).toContain('recipients, first 0@x.example')
  expect(found[0]!.evidence).toHaveLength(50)
})

test('without its beginning, without its end, without times, phases and codes', () => {
  const whole = script(healthy)
  for (let cut = 0; cut <= whole.length; cut++) {
    expect(
      diagnoseTranscript(head(), whole.slice(cut)).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    expect(
      diagnoseTranscript(head(), whole.slice(0, cut)).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
  }
  const bare = whole.map((event) => ({ ...event, at: 0, phase: 'other' as const }))
  expect(diagnoseTranscript(head(), bare).map(({ code }) => code)).toEqual(['accepted'])
})

test('any events: each finding is of the vocabulary, has evidence from the transcript, and the same comes again', () => {
  fc.assert(
    fc.property(
      fc.array(anyBody, { maxLength: 30 }),
      fc.constantFrom('client' as const, 'server' as const),
      (bodies, role) => {
        const events = numbered(bodies)
        const found = diagnoseTranscript(head({ role }), events)
        const seqs = new Set(events.map(({ seq }) => seq))
        for (const { code, evidence } of found) {
          expect(isFindingCode(code)).toBe(true)
          expect(evidence.length).toBeGreaterThan(0)
          expect(evidence.every((seq) => seqs.has(seq))).toBe(true)
        }
        expect(new Set(found.map(({ code }) => code)).size).toBe(found.length)
        expect(diagnoseTranscript(head({ role }), events)).toEqual(found)
      },
    ),
  )
})

test('a long transcript takes time in proportion to its length', () => {
  const lines = Array.from({ length: 60_000 }, () => 'C: NOOP')
  expect(diagnose([...hello(), ...lines], { tls: 'none' })).toBeDefined()
})
