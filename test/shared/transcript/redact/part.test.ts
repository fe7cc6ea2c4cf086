import { expect, test } from 'vitest'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { plainText } from '#shared/transcript/redact/mimeHead.ts'
import { changePart, type Part } from '#shared/transcript/redact/part.ts'
import { fromLooseBase64 } from '#shared/transcript/redact/transferEncoding.ts'

const hide = (text: string): string => text.replaceAll('Jörg', 'person1')

function changed(raw: string, meaning: Partial<typeof plainText>): Part & { steps: number } {
  const work = changePart(raw, { ...plainText, ...meaning }, hide)
  for (let steps = 0; ; steps++) {
    const step = work.next()
    if (step.done === true) return { ...step.value, steps }
  }
}

test('a long part is changed in many steps, and no name is cut', () => {
  const lines = 'Dear Jörg, how are you?\r\n'.repeat(20_000)
  const coded = toBase64(utf8(lines)).replace(/.{76}/g, '$&\r\n')
  const { raw, steps } = changed(coded, { encoding: 'base64', charset: 'utf-8' })
  expect(steps).toBeGreaterThan(5)
  expect(toByteString(fromLooseBase64(raw))).toBe(lines.replaceAll('Jörg', 'person1'))
})

test('what it is not is left out: text of an unknown charset, wide characters that are not told', () => {
  for (const meaning of [{ charset: 'utf-7' }, { type: 'image/png' }, { encoding: 'unknown' as const }])
    expect(changed('Jo', meaning)).toMatchObject({ leftOut: true })
  expect(changed('J\0o\0e\0y\0', {}).raw).toMatch(/^\(This content of 8 octets is left out/)
  expect(changed(' \r\n', { type: 'image/png' })).toMatchObject({ raw: ' \r\n', leftOut: false })
})

test('words of ours stay, and hide nothing behind them', () => {
  const { raw } = changed('Jo', { type: 'image/png', encoding: 'base64' })
  expect(changed(raw, { type: 'image/png', encoding: 'base64' })).toMatchObject({ raw, leftOut: false })
  const more = `${raw}=${' '.repeat(700)}SsO2cmc=`
  expect(changed(more, { type: 'image/png', encoding: 'base64' })).toMatchObject({ leftOut: true })
})
