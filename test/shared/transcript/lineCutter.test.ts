import { expect, it } from 'vitest'
import { LineCutter } from '#shared/transcript/lineCutter.ts'

function cut(pieces: Iterable<string>, limit = 10): [string | null, number][] {
  const lines: [string | null, number][] = []
  const cutter = new LineCutter(limit, (line, number) => lines.push([line, number]))
  for (const piece of pieces) cutter.push(piece)
  cutter.end()
  return lines
}

it.each(['a\nbc\n\nd', 'a\n', '', '\n\n', 'x'.repeat(11) + '\nok\n', `${'x'.repeat(10)}\n`])(
  'cuts %j whole and character by character alike',
  (text) => {
    expect(cut(text)).toEqual(cut([text]))
  },
)

it('numbers lines and passes a long one over', () => {
  expect(cut(['ab\n', 'x'.repeat(9), 'xx', '\nc'])).toEqual([['ab', 1], [null, 2], ['c', 3]]) // prettier-ignore
})
