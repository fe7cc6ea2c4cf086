import { describe, expect, test } from 'vitest'
import {
  filterKey,
  isFiltering,
  Matcher,
  noFilter,
  textOf,
  type DialogueFilter,
} from '#renderer/model/filter.ts'
import { PackedEvents, Words } from '#renderer/model/packedEvents.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { longTranscript } from '../../support/longTranscript.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'

const long = [...longTranscript('s', 13_000)]
function taken(change: Partial<DialogueFilter>, events: readonly TranscriptEvent[] = long, evidence: number[] = []) {
  const packed = new PackedEvents(events, new Words())
  const matcher = new Matcher({ ...noFilter, ...change }, evidence)
  return events.filter((_, index) => matcher.takes(packed, index))
} // prettier-ignore

const codes = (found: TranscriptEvent[]) =>
  new Set(found.map((event) => event.kind === 'reply' && event.code))

describe('Matcher', () => {
  test('text is found as it is shown, upper and lower case alike: the same as looking at each event', () => {
    for (const text of ['queued as', 'USER UNKNOWN', 'björn', 'x', '550 5.1.1', '\\x', 'Ok', 'rcpt to:<bj'])
      expect(taken({ text })).toEqual(
        long.filter((event) => textOf(event).toLowerCase().includes(text.toLowerCase())),
      )
  })
  test('what begins in one line and ends in the next is in neither', () => {
    const lines = new TranscriptBuilder({ id: 's' }).client('AB', 1).client('CD', 1).events.map((event) => ({ ...event, raw: 'abab' })) as TranscriptEvent[] // prettier-ignore
    expect(taken({ text: 'bab' }, lines)).toHaveLength(2)
    expect(taken({ text: 'baba' }, lines)).toHaveLength(0)
  })
  test('a pattern is only text', () => {
    expect(taken({ text: '.*' })).toEqual([])
    expect(taken({ text: '<' }).length).toBeGreaterThan(0)
  })
  test('a masked secret is found by its bullets, never by what it was', () => {
    expect(taken({ text: '••••' })).toHaveLength(1)
    expect(taken({ text: '********' })).toHaveLength(0)
  })
  test('a verb takes its commands and the replies to them', () => {
    const found = taken({ verbs: ['RCPT'] })
    expect(new Set(found.map(({ phase }) => phase))).toEqual(new Set(['rcpt']))
    expect(found).toHaveLength(long.filter(({ phase }) => phase === 'rcpt').length)
    const reset = taken({ verbs: ['RSET'] })
    expect(reset.map(({ kind }) => kind).slice(0, 2)).toEqual(['line', 'reply'])
  })
  test('classes, codes and enhanced codes; with a verb they say how that command was answered', () => {
    expect(codes(taken({ codes: ['5xx'] }))).toEqual(new Set([550, 552, 500]))
    expect(codes(taken({ codes: ['5xx'], verbs: ['RCPT'] }))).toEqual(new Set([550, 552]))
    expect(codes(taken({ codes: ['450', '5.2.2'] }))).toEqual(new Set([450, 552]))
  })
  test('kinds of choice are joined by and: phase, direction, text', () => {
    const found = taken({ phases: ['mail', 'rcpt'], directions: ['to-client'], text: 'mailbox' })
    expect(found.length).toBeGreaterThan(0)
    expect(found).toEqual(long.filter((event) => event.kind === 'reply' && event.code === 552))
  })
  test('findings and what proves them', () => {
    const findings = long.filter((event) => event.kind === 'finding')
    const evidence = findings.flatMap((finding) => finding.evidence)
    expect(taken({ findings: true }, long, evidence)).toHaveLength(findings.length * 2)
  })
})

test('a filter that takes everything is none; how it is shown does not change what it takes', () => {
  expect(isFiltering(noFilter)).toBe(false)
  expect(isFiltering({ ...noFilter, only: false })).toBe(false)
  expect(isFiltering({ ...noFilter, text: ' ' })).toBe(true)
  expect(filterKey({ ...noFilter, only: false })).toBe(filterKey(noFilter))
  expect(filterKey({ ...noFilter, text: 'a' })).not.toBe(filterKey(noFilter))
})
