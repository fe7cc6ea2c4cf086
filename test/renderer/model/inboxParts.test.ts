import { expect, test } from 'vitest'
import {
  emlName,
  isContainer,
  isPicture,
  partFileName,
  partWords,
  safeFileName,
} from '#renderer/model/inboxParts.ts'

const part = { path: '1.2', depth: 1, type: 'image/png', encoding: 'base64', charset: 'utf-8', disposition: 'inline', name: '', contentId: '', size: 10, encoded: 14 } // prettier-ignore

test('pixels are previewed, documents and giants are not', () => {
  expect(isPicture(part)).toBe(true)
  for (const change of [{ type: 'image/svg+xml' }, { type: 'text/html' }, { size: 1 << 30 }])
    expect(isPicture({ ...part, ...change })).toBe(false)
})
test.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['a\u0000b\u202Egnp.exe', 'a_b_gnp.exe'],
  ['...', 'x'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['console.txt', 'console.txt'],
  ['a. . ', 'a'],
  [`${'x'.repeat(300)}.tar.gz`, `${'x'.repeat(191)}.gz`],
  ['\ud83d', '_'],
  ['Rechnung März.pdf', 'Rechnung März.pdf'],
])('a file name %j becomes %j', (name, safe) => expect(safeFileName(name, 'x')).toBe(safe))
test('a part without a name gets one by its place and type', () => {
  expect(partFileName(part)).toBe('part-1.2.png')
  expect(partWords(part)).toBe('base64, utf-8, inline')
  expect(isContainer({ type: 'multipart/mixed' })).toBe(true)
})
test('a message is called by its subject, always with its ending, and short enough for any disk', () => {
  expect(emlName({ subject: '' })).toBe('message.eml')
  expect(emlName({ subject: 'AUX' })).toBe('_AUX.eml')
  expect(emlName({ subject: '../up' })).toBe('_up.eml')
  for (const one of ['a', 'ü', '漢', '😀']) {
    const name = emlName({ subject: one.repeat(400) })
    expect(name).toMatch(/[aü漢😀]\.eml$/u)
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200)
  }
})
