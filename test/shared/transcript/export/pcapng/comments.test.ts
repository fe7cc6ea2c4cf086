import { describe, expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import {
  commentsBySeq as commentSteps,
  sealedWords,
  sectionComments,
} from '#shared/transcript/export/pcapng/comments.ts'
import { answered, eventsOf, handshake, headOf, said } from '#test/support/pcapng.ts'
import { atOnce } from '#shared/steps.ts'

const commentsBySeq = (events: Parameters<typeof commentSteps>[0]) => atOnce(commentSteps(events))

const finding = (evidence: number[]): EventBody => ({
  kind: 'finding', phase: 'other', direction: 'none', code: 'accepted', severity: 'info', side: 'server', confidence: 'certain', evidence, message: 'Found.', next: 'Go on.',
}) // prettier-ignore

describe('comments', () => {
  test('a finding stands beside the first line that proves it', () => {
    const beside = commentsBySeq(
      eventsOf([answered('220 a\r\n'), said('EHLO a\r\n'), finding([1, 2]), finding([99])]),
    )
    expect(beside.get(1)).toEqual(['Finding, info: Found. Go on.'])
    expect(beside.get(2)).toEqual(['Finding, info: Found. Go on.'])
  })

  test('what has no packet stands beside the next one; at the end beside the last', () => {
    const wait: EventBody = { kind: 'wait', phase: 'other', direction: 'none', why: 'gate', took: 2_000_000 }
    const beside = commentsBySeq(eventsOf([wait, said('EHLO a\r\n'), wait]))
    expect(beside.get(2)).toEqual(['Held at the gate for 2 seconds', 'Held at the gate for 2 seconds'])
  })

  test('a line says that it was changed and cut', () => {
    const beside = commentsBySeq(eventsOf([said('NOOP', false, { edited: true, cutFrom: 9000 })]))
    expect(beside.get(1)).toEqual([
      'Changed by a person before it was sent. Only the first octets of 9000 were kept.',
    ])
  })

  test('a line that stands in no place of another was added', () => {
    const events = eventsOf([said('NOOP', false, { edited: true, added: true })])
    expect(commentsBySeq(events).get(1)).toEqual(['Added by a person.'])
  })

  test('many comments are bounded', () => {
    const beside = commentsBySeq(
      eventsOf([said('A\r\n'), ...Array.from({ length: 500 }, () => finding([1]))]),
    )
    expect(beside.get(1)).toHaveLength(20)
  })

  test('the file says that it was made, and a handshake that it never was', () => {
    expect(sectionComments(headOf()).join(' ')).toMatch(
      /mx\.example:587.*not captured.*Secrets are eight asterisks/,
    )
    const tls = eventsOf([handshake])[0]!
    expect(sealedWords(tls.kind === 'tls' ? tls : undefined)).toContain('TLSv1.3')
    expect(sealedWords(undefined)).toContain('never took place')
  })
})
