import { expect, it } from 'vitest'
import { fileOf, TranscriptWriter } from '#shared/transcript/writer.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { end, head, line, numbered } from './samples.ts'

const events = numbered([
  line('QUIT', 'quit'),
  { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 2, last: true, encoding: 'data', raw: '\u0000\u00ff' },
  end(),
]) // prettier-ignore

it('writes one valid JSON document, one record a line', () => {
  const text = [...fileOf([{ head: head(), events }], { program: 'relayscope 1' })].join('')
  const lines = text.split('\n')
  expect(lines[0]).toBe('{"format":"relayscope-transcript","version":1,"program":"relayscope 1","records":[')
  expect(lines).toHaveLength(7)
  const document: unknown = JSON.parse(text)
  expect(document).toMatchObject({ version: 1, records: [{ record: 'session' }, { record: 'event', seq: 1 }, { raw: '\u0000\u00ff' }, { kind: 'end' }] }) // prettier-ignore
})

it('writes a valid document without records', () => {
  expect(JSON.parse([...fileOf([])].join(''))).toMatchObject({ records: [] })
})

it('leaves bodies out when asked, and everything of a summary that is no head', () => {
  const writer = new TranscriptWriter({ bodies: false })
  expect(writer.begin() + writer.session(summarize(head(), events)) + writer.event(events[1]!)).not.toMatch(/"raw"|"words"/) // prettier-ignore
  expect(writer.event(events[0]!)).toContain('"raw":"QUIT\\r\\n"')
})
