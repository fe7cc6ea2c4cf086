import { array, assert, asyncProperty, constantFrom, nat } from 'fast-check'
import { expect, test } from 'vitest'
import { AnyImport, importAny } from '#engine/handlers/importAny.ts'
import type { ContentWriter } from '#engine/store/types.ts'
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { importText } from '#shared/transcript/import/import.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import {
  opensslStarttls,
  postfixVerbose,
  swaksTls,
  telnetText,
} from '../../../shared/transcript/import/texts.ts'
import { end, head, numbered } from '../../../shared/transcript/samples.ts'

const parts = () => {
  const removed: string[][] = []
  const added: string[] = []
  return {
    removed,
    added,
    hub: { added: ({ id }: { id: string }) => void added.push(id) },
    store: {
      openContent: () => {
        throw new Error('no content')
      },
      putTranscript: () => Promise.resolve(),
      removeTranscripts: async (ids: readonly string[]) => removed.push([...ids]),
    },
    ports: { clock: { now: () => new Date('2026-11-22T12:00:00Z'), micros: () => 0 } },
  }
}
const file = [...fileOf([{ head: head(), events: numbered([end()]) }])].join('')

test.each([
  ['a case file', file, 'case', 1],
  ['a case file after a mark and empty lines', `\ufeff\r\n ${file}`, 'case', 1],
  ['another program’s text', '\n\n220 hi\nQUIT\n221 bye', 'telnet', 1],
  ['a log that begins with a bracket', '[#1] S: 220 hi\n[#1] C: QUIT\n[#1] S: 221 bye', 'marked', 1],
  ['nothing', ' \n ', null, 0],
  ['other JSON', '{"a":1}', null, 0],
])('%s', async (_name, text, form, count) => {
  const given = parts()
  const answer = await importAny(given, text)
  expect([answer.form, answer.sessions.length, answer.problems.length > 0]).toEqual([form, count, count === 0]) // prettier-ignore
  expect(given.added).toEqual(answer.sessions)
})

test('is decided by the first character that is not empty, however it is cut', async () => {
  const any = new AnyImport(parts())
  for (const character of ` \n${file}`) await any.push(character)
  expect(any.events).toBe(1)
  expect(await any.finish()).toMatchObject({ form: 'case', problems: [] })
})

test('what is called off leaves nothing', async () => {
  const given = parts()
  const any = new AnyImport(given)
  await any.push('220 hi')
  await any.cancel()
  expect([given.added, given.removed]).toEqual([[], []])
})

test('a text read in slices is what it is in one go, wherever its parts are cut', async () => {
  await assert(
    asyncProperty(
      constantFrom(opensslStarttls, postfixVerbose, swaksTls, telnetText),
      array(nat({ max: 6000 }), { maxLength: 8 }),
      async (text, cuts) => {
        const given = parts()
        const stored: [SessionSummary, TranscriptEvent[]][] = []
        const ended: string[] = []
        const putTranscript = async (summary: SessionSummary, events: readonly TranscriptEvent[]): Promise<void> => {
          if (events.length > 0) stored.push([summary, [...events]])
          if (summary.state === 'ended') ended.push(summary.id)
        } // prettier-ignore
        const any = new AnyImport({
          ...given,
          store: { ...given.store, openContent: () => noContent, putTranscript },
        })
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        for (const [index, from] of places.entries())
          await any.push(text.slice(from, places[index + 1] ?? from))
        expect([any.readLast, any.share]).toEqual([true, 0])
        const { sessions } = await any.finish()
        expect([any.share, sessions]).toEqual([1, stored.map(([{ id }]) => id)])
        expect(ended).toEqual(sessions)
        const whole = importText(text, { now: Date.parse('2026-11-22T12:00:00Z') })
        const events = whole.sessions.map((session) => withFindings(session.head, session.events))
        expect(stored.map(([, all]) => all.map(plain))).toEqual(events.map((all) => all.map(plain)))
      },
    ),
    { numRuns: 60 },
  )
})

/** Contents are another matter. */
const noContent: ContentWriter = {
  id: 'c', append: () => true, drain: async () => undefined, keep: async () => undefined, commit: async () => undefined, queue: async () => undefined, discard: () => undefined,
} // prettier-ignore

/** Without the session's id, and without content, which is kept beside. */
const plain = (event: TranscriptEvent): object => {
  const { session: _session, ...rest } = event
  return rest.kind === 'chunk' ? { ...rest, raw: undefined } : rest
}

const wait = (seq: number): TranscriptEvent => ({ session: 's1', seq, at: seq, phase: 'other', direction: 'none', kind: 'wait', why: 'delay', took: 1 }) // prettier-ignore
test('a long case file gives others their turn, and ends when it is called off', async () => {
  const long = [...fileOf([{ head: head(), events: Array.from({ length: 30_000 }, (_, n) => wait(n + 1)) }])].join('')
  const given = parts()
  const off = new AbortController()
  const work = importAny(given, long, off.signal)
  setImmediate(() => off.abort())
  await expect(work).rejects.toMatchObject({ code: 'cancelled' })
  expect([given.added, given.removed.length]).toEqual([[], 1])
}) // prettier-ignore

test.each([file, swaksTls])('called off before it began, nothing is read', async (text) => {
  const given = parts()
  await expect(importAny(given, text, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  expect(given.added).toEqual([])
})
