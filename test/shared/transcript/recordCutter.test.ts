import { expect, it } from 'vitest'
import { type Cut, RecordCutter } from '#shared/transcript/recordCutter.ts'

function cut(pieces: Iterable<string>, limit = 200): Cut[] {
  const cuts: Cut[] = []
  const cutter = new RecordCutter(limit, (one) => cuts.push(one))
  for (const piece of pieces) cutter.push(piece)
  return cuts
}

const tricky =
  '{"a": [1, [2]],\n "records" : [\n {"x": "]},[{\\"" , "y": [1, 2]},\n\n {"z": {}} ], "b": {"records": [3]}}'

it('finds the elements of records and the frame around them', () => {
  expect(cut([tricky])).toEqual([
    { type: 'begin', text: '{"a": [1, [2]],\n "records" : [', line: 2 },
    { type: 'record', text: '{"x": "]},[{\\"" , "y": [1, 2]}', line: 3 },
    { type: 'record', text: '{"z": {}}', line: 5 },
    { type: 'frame', text: '{"a": [1, [2]],\n "records" : [], "b": {"records": [3]}}', line: 5 },
  ])
})

it.each([tricky, '{"records":[]}', '[1,2]', '{"records":[1,2', '}{', 'junk', '{"records":["' + 'x'.repeat(300) + '",7]}'])(
  'cuts %s whole and character by character alike',
  (text) => {
    expect(cut(text)).toEqual(cut([text]))
  },
) // prettier-ignore

it('passes an element over that is longer than the limit', () => {
  expect(cut([`{"records":["${'x'.repeat(300)}",7]}`])).toEqual([
    { type: 'begin', text: '{"records":[', line: 1 },
    { type: 'too-long', line: 1 },
    { type: 'record', text: '7', line: 1 },
    { type: 'frame', text: '{"records":[]}', line: 1 },
  ])
})

it('gives up on what can be no document', () => {
  expect(cut(['}{'])).toEqual([{ type: 'broken', line: 1 }])
  expect(cut([`{"${'x'.repeat(300)}`])).toEqual([{ type: 'broken', line: 1 }])
})

it('stays fast on a frame of very many arrays', () => {
  const arrays = '"a":[],'.repeat(10_000)
  for (const pieces of [[arrays.repeat(20)], Array.from({ length: 20 }, () => arrays)]) {
    const cuts = cut(['{', ...pieces, '"records":[1]}'], 4 << 20)
    expect(cuts[1]).toEqual({ type: 'record', text: '1', line: 1 })
  }
})
