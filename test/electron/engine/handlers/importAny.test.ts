import { expect, test } from 'vitest'
import { AnyImport, importAny } from '#engine/handlers/importAny.ts'
import { fileOf } from '#shared/transcript/writer.ts'
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
