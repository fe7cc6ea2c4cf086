import { deflateRawSync } from 'node:zlib'
import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { packed, unpacked } from '#engine/store/packedText.ts'

it('gives every text back', () => {
  const any = string({ unit: 'grapheme', maxLength: 3000, size: 'max' })
  assert(property(any, (text) => unpacked(packed(text)) === text.toWellFormed()))
})

it('leaves short texts as they are, and makes repetitions short', () => {
  expect(packed('short')).toBe('short')
  const trace = Array.from({ length: 300 }, (_, n) => `{"number":${n},"compared":"gannet.example is not d${n}.example"}`).join() // prettier-ignore
  expect(packed(trace).length).toBeLessThan(trace.length / 5)
})

it('is empty for what is damaged, or would fill the memory', () => {
  expect(unpacked(new Uint8Array([255, 255, 255]))).toBe('')
  expect(unpacked(deflateRawSync(Buffer.alloc(20 << 20)))).toBe('')
})
