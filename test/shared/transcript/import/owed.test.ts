import { expect, it } from 'vitest'
import { otherVerb, Owed, phaseOfVerb } from '#shared/transcript/import/owed.ts'

it('files replies under the commands they answer, in order', () => {
  const owed = new Owed()
  expect(owed.answered(220, '220 hi')).toBe('banner')
  for (const phase of ['mail', 'rcpt', 'data'] as const) owed.asked(phase)
  expect(owed.none).toBe(false)
  expect([owed.answered(250, '250 ok'), owed.answered(550, '550 no'), owed.answered(554, '554 no')]).toEqual(['mail', 'rcpt', 'data']) // prettier-ignore
  expect(owed.none).toBe(true)
})

it('a greeting does not answer a client that spoke first', () => {
  const owed = new Owed()
  owed.asked('ehlo')
  expect([owed.answered(220, '220 hi'), owed.answered(250, '250 hi')]).toEqual(['banner', 'ehlo'])
})

it('guesses what replies answer whose commands the text does not show', () => {
  const owed = new Owed()
  const replies: [number, string, string][] = [
    [220, '220 hi', 'banner'],
    [250, '250-a\n250 b', 'ehlo'],
    [334, '334 VXNlcm5hbWU6', 'auth'],
    [235, '235 2.7.0 ok', 'auth'],
    [250, '250 2.1.0 Ok', 'mail'],
    [550, '550 5.1.1 no', 'rcpt'],
    [354, '354 go', 'data'],
    [250, '250 2.0.0 queued', 'body'],
    [221, '221 bye', 'quit'],
    [250, '250 ok', 'other'],
  ]
  for (const [code, text, phase] of replies) expect([text, owed.answered(code, text)]).toEqual([text, phase])
})

it('forgets at TLS, and awaits a greeting where TLS came first', () => {
  const owed = new Owed()
  owed.asked('mail')
  owed.forget()
  expect(owed.answered(220, '220 hi')).toBe('starttls')
  const implicit = new Owed()
  implicit.forget(true)
  expect(implicit.answered(220, '220 hi')).toBe('banner')
})

it('knows verbs beyond those of the grammar', () => {
  expect([otherVerb('etrn x'), otherVerb('ETRNX'), otherVerb('hello')]).toEqual(['ETRN', null, null])
  expect([phaseOfVerb('RCPT'), phaseOfVerb('LHLO'), phaseOfVerb('ETRN'), phaseOfVerb(null)]).toEqual(['rcpt', 'ehlo', 'other', 'other']) // prettier-ignore
})
