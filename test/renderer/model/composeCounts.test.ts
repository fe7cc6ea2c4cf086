import { expect, test } from 'vitest'
import {
  longLineWords,
  mostFiles,
  previewWords,
  withFiles,
  type FormFile,
} from '#renderer/model/composeCounts.ts'

const file = (name: string, size: number): FormFile => ({ id: name, name, type: '', size, file: new Blob() })

test('what does not fit is named with its size, the rest is taken', () => {
  const { files, problem } = withFiles([file('a', 60 << 20)], [file('big.iso', 5 << 20), file('b.txt', 10)])
  expect(files.map(({ name }) => name)).toEqual(['a', 'b.txt'])
  expect(problem).toMatch(/big\.iso.*5\.2 MB.*67 MB/)
  expect(withFiles([], [file('a', 1)]).problem).toBe('')
})
test('too many are named, five at most', () => {
  const many = Array.from({ length: mostFiles + 9 }, (_, i) => file(`f${i}`, 1))
  const { files, problem } = withFiles([], many)
  expect(files).toHaveLength(mostFiles)
  expect(problem).toContain('and 4 more')
})
test('size and parts in words; unread files are counted as base64', () => {
  const part = { type: 'text/plain', size: 1 }
  expect(previewWords({ size: 4312, parts: [part, part, part] })).toBe('4,312 bytes, 3 parts')
  expect(previewWords({ size: 0, parts: [part] }, 3_000_000)).toBe('about 4,000,000 bytes, 1 part')
})
test('a line beyond 998 octets is said', () => {
  expect(longLineWords({ longestLine: 998 })).toBe('')
  expect(longLineWords({ longestLine: 1200 })).toContain('1,200')
})
