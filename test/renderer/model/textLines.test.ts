import { expect, test } from 'vitest'
import { copyText, plainText, textClock, textLines } from '#renderer/model/textLines.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'
import { accepted } from '../../support/page/scenes.ts'

const { events } = accepted()

test('who, sealed, and every line of a reply', () => {
  expect(textLines(events[3]!)).toEqual({ mark: 'C:', sealed: false, lines: ['EHLO laptop.shop.example'] })
  const reply = textLines(events[9]!)
  expect(reply).toMatchObject({ mark: 'S:', sealed: true })
  expect(reply.lines[1]).toBe('250-AUTH PLAIN LOGIN')
  expect(textLines(events[0]!).mark).toBe('--')
})

test('a secret is bullets, a change by a person is said', () => {
  const text = events.map((event) => plainText(event, true)).join('')
  expect(text).toContain('AUTH PLAIN ••••••••')
  expect(text).not.toContain('********')
  expect(text).toContain('[changed by a person]')
})

test('further lines stand under the first; times can be left out', () => {
  const lines = plainText(events[4]!, false).split('\n')
  expect(lines[0]).toBe('     5  S:  250-smtp.harbour.example')
  expect(lines[1]).toBe('            250-STARTTLS')
  expect(textClock(118_400)).toBe('0.118')
})

test('what is endless is bounded and the rest counted', () => {
  const long = new TranscriptBuilder({ id: 's' }).client(`NOOP ${'x'.repeat(9000)}`).build().events[0]!
  expect(textLines(long).lines[0]!.length).toBeLessThan(4100)
  const many = new TranscriptBuilder({ id: 's' }).server(Array.from({ length: 900 }, () => '250-x')).build().events[0]! // prettier-ignore
  expect(textLines(many).lines.at(-1)).toContain('500 lines more')
  expect(copyText(events, true, 200).whole).toBe(false)
  expect(copyText(events, true).text.split('\n').length).toBeGreaterThan(40)
})

test('what stands beside the dialogue, line by line, and what nobody understood', () => {
  const remark = { ...events[0]!, kind: 'remark', text: '=== Trying\nx', understood: true } as const
  expect(textLines({ ...remark, direction: 'none' })).toEqual({ mark: '--', sealed: false, lines: ['=== Trying', 'x'] }) // prettier-ignore
  expect(textLines({ ...remark, understood: false }).lines[1]).toBe('[not understood] x')
})
