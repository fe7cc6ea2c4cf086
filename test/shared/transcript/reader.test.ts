import { recordLimit } from '#shared/transcript/file.ts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { type FileItem, readFile, TranscriptReader } from '#shared/transcript/reader.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { anyBody, end, head, line, numbered, reply } from './samples.ts'

const events = numbered([line('EHLO me', 'ehlo'), reply('250 caf\u00e9 \u0000', 'ehlo'), end()])
const text = [...fileOf([{ head: head(), events }])].join('')
const read = (pieces: Iterable<string>): FileItem[] => {
  const reader = new TranscriptReader()
  const items = [...pieces].flatMap((piece) => reader.push(piece))
  return [...items, ...reader.end()]
}
const problems = (items: FileItem[]) =>
  items.filter((item) => item.type === 'problem').map((item) => `${item.line}: ${item.message}`)
function found(items: FileItem[]): (SessionHead | TranscriptEvent)[] {
  const records: (SessionHead | TranscriptEvent)[] = []
  for (const item of items) {
    if (item.type === 'session') records.push(item.session)
    else if (item.type === 'event') records.push(item.event)
  }
  return records
}
const everything: (SessionHead | TranscriptEvent)[] = [head(), ...events] // prettier-ignore

it('reads what was written, whole and character by character', () => {
  expect(problems(readFile(text))).toEqual([])
  expect(found(readFile(text))).toEqual(everything)
  expect(read(text)).toEqual(readFile(text))
})

it.each<[string, string]>([
  ['pretty-printed', JSON.stringify(JSON.parse(text), null, 2)],
  ['in one line', JSON.stringify(JSON.parse(text))],
  [
    'with its keys in another order',
    text.replace(/^\{(.*),"records":\[([^]*)\]\}\n$/, '{"records":[$2],$1}'),
  ],
  ['with CRLF', text.replaceAll('\n', '\r\n')],
  ['with a byte order mark', `\ufeff${text}`],
])('reads it %s', (_name, other) => {
  expect(problems(readFile(other))).toEqual([])
  expect(found(readFile(other))).toEqual(everything)
  expect(read(other)).toEqual(readFile(other))
})

it('reads whatever a cut file still holds, at any cut', () => {
  for (let length = 0; length < text.trimEnd().length; length++) {
    const items = readFile(text.slice(0, length))
    expect(problems(items).at(-1), `cut at ${length}`).toMatch(/early|complete|empty|passed over|not valid/)
    expect(everything).toEqual(expect.arrayContaining(found(items)))
  }
  const lines = text.split('\n')
  expect(found(readFile(lines.slice(0, 3).join('\n')))).toEqual(everything.slice(0, 2))
})

it.each<[string, string, string[]]>([
  ['a version that is none', text.replace('"version":1', '"version":"x"'), ['1: The version of this transcript file is not a whole number.']],
  ['another JSON document', '{"a":1}', ['1: This is not a Relayscope transcript: its format is not said, or another one.']],
  ['junk', 'From: a@b\r\n\r\nhello', ['3: This is not a complete JSON document; what could be read was read.']],
  ['closing brackets only', ']]]', ['1: This is not a JSON document.']],
  ['nothing', '', ['0: The file is empty.']],
  ['something after the end', `${text}{}\n`, ['7: Something follows the end of the document; it was not read.']],
  ['a damaged line', text.replace('"seq":2', '"seq":2x'), ['4: not valid JSON: {"record":"event","kind":"reply","direction":"to-client","ph…', '5: event 2 is missing']],
])('tells %s', (_name, file, words) => {
  expect(problems(readFile(file))).toEqual(words)
  expect(problems(read(file))).toEqual(words)
}) // prettier-ignore

const newer = 'The file is of version 99, written by a newer program; this one reads up to version 1.'

/** The text as version 99, in the layouts that a file can have. */
function newerFiles(change: (text: string) => string): string[] {
  const other = change(text.replace('"version":1', '"version":99'))
  return [other, JSON.stringify(JSON.parse(other)), JSON.stringify(JSON.parse(other), null, 2)]
}

it.each<[string, (text: string) => string, string, unknown[]]>([
  ['records all of known form', (same) => same, 'All its records could be read, but some may say more than is shown: update Relayscope to be sure.', everything],
  ['a record of another form', (all) => all.replace('"kind":"reply"', '"kind":"telepathy"'), 'What this version knows is shown; 1 record could not be read. Update Relayscope to read all of it.', [everything[0], everything[1], everything[3]]],
  ['events of another form', (all) => all.replaceAll('"direction":"to-', '"direction":"through-'), 'What this version knows is shown; 2 records could not be read. Update Relayscope to read all of it.', [everything[0], everything[3]]],
  ['no session of known form', (all) => all.replace('"record":"session"', '"record":"conversation"'), 'Update Relayscope to read it.', []],
])('reads of a newer version what it knows: %s', (_name, change, words, records) => {
  for (const file of newerFiles(change)) {
    const items = readFile(file)
    expect(found(items)).toEqual(records)
    expect(items.filter(({ type }) => type === 'problem')).toMatchObject([{ message: `${newer} ${words}` }])
    expect(read(file)).toEqual(items)
  }
}) // prettier-ignore

it('says of a newer file that was cut both that it is newer and that it ends early', () => {
  const cut = text.replace('"version":1', '"version":99').split('\n').slice(0, 3).join('\n')
  expect(found(readFile(cut))).toEqual(everything.slice(0, 2))
  expect(problems(readFile(cut)).join('\n')).toMatch(/ends early[^]*version 99/)
})

it.each([['another format', 'relayscope-transcript', 'something-else']])(
  'reads no record of %s, whatever the layout',
  (_name, from, to) => {
    const other = text.replace(from, to)
    const reordered = other.replace(/^\{(.*),"records":\[\n([^]*)\]\}\n$/, '{$1,"records":[$2]}')
    for (const file of [other, JSON.stringify(JSON.parse(other), null, 2), reordered]) {
      expect([found(readFile(file)), found(read(file))]).toEqual([[], []])
      expect(problems(readFile(file))).toHaveLength(1)
    }
  },
)

it('passes an overlong line over and goes on', () => {
  const long = JSON.stringify({ record: 'event', ...events[0], raw: 'x'.repeat(recordLimit) })
  const file = text.replace(/^(.*\n.*\n)/, `$1${long},\n`)
  expect(problems(readFile(file))).toEqual([`3: longer than ${recordLimit} characters, passed over`])
  expect(found(readFile(file))).toEqual(everything)
})

it('tells a flood of problems as a count', () => {
  const different = Array.from({ length: 1000 }, (_, n) => `x${n},\n`).join('')
  const file = text.replace('"records":[\n', `"records":[\n${different}`)
  expect(problems(readFile(file))).toHaveLength(201)
  expect(problems(readFile(file)).at(-1)).toBe('0: 800 more problems.')
})

it('tells the same problem of many lines once with a count, after the first ones', () => {
  const file = text.replace('"records":[\n', `"records":[\n${'x,\n'.repeat(1000)}`)
  expect(problems(readFile(file))).toHaveLength(6)
  expect(problems(readFile(file)).slice(-2)).toEqual([
    '6: not valid JSON: x',
    '0: 995 more lines: not valid JSON: x',
  ])
  expect(readFile(file).at(-1)).toMatchObject({ more: { of: 'not valid JSON: x', count: 995 } })
})

it('reads back any sessions of any events, however the file is cut and laid out', () => {
  const sessions = fc
    .array(fc.array(anyBody, { maxLength: 8 }), { maxLength: 3 })
    .map((all) => all.map((bodies, index) => ({ head: head({ id: `s${index}` }), events: numbered(bodies, `s${index}`) })))
  fc.assert(
    fc.property(sessions, fc.array(fc.nat({ max: 200 })), fc.boolean(), (all, cuts, pretty) => {
      const written = [...fileOf(all)].join('')
      const file = pretty ? JSON.stringify(JSON.parse(written), null, 1) : written
      const pieces: string[] = []
      let at = 0
      for (const cut of cuts) pieces.push(file.slice(at, (at += cut)))
      const items = read([...pieces, file.slice(at)])
      expect(problems(items)).toEqual([])
      const expected: (SessionHead | TranscriptEvent)[] = all.flatMap((one) => [one.head, ...one.events])
      expect(found(items)).toEqual(expected)
    }),
  )
}) // prettier-ignore

it('never throws on any text', () => {
  const deep = '['.repeat(1e6) + ']'.repeat(1e6)
  const nested = text.replace('"records":[\n', `"records":[\n{"record":${deep}},\n`)
  expect(problems(readFile(nested))).toEqual(['2: a record that does not say what it is, passed over'])
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (junk) => void read([text.slice(0, 90), junk]), )) // prettier-ignore
  fc.assert(fc.property(fc.json(), (json) => void read([json])))
})
