import { expect, test } from 'vitest'
import { wireColumn } from '#shared/transcript/export/svg/look.ts'
import { box, chip, chipWidth, icon, line, n, text } from '#shared/transcript/export/svg/shapes.ts'

test('numbers are short', () => expect([n(1), n(1.04), n(2.06)]).toEqual(['1', '1', '2.1']))

test('text is escaped, piece by piece', () => {
  expect(text(1, 2, '<')).toBe('<text x="1" y="2" xml:space="preserve">&lt;</text>')
  expect(text(1, 2, [{ text: '&', as: 'b' }, { text: 'x' }], 'w', 'end')).toBe('<text x="1" y="2" class="w" text-anchor="end" xml:space="preserve"><tspan class="b">&amp;</tspan>x</text>') // prettier-ignore
})

test('shapes stand where they are put', () => {
  expect(line(1, 9, 5)).toContain('M1 5H9')
  expect(box(1, 2, 3, 4, 'pill', 5)).toBe('<rect x="1" y="2" width="3" height="4" rx="5" class="pill"/>')
  expect(icon('lock', 10, 20, 'sealed', 16)).toContain('translate(10 12) scale(1)')
  expect(chip(0, 10, 'SIZE', 'accent')).toContain('class="chip accent"')
  expect(chipWidth('用户')).toBeGreaterThan(chipWidth('ab'))
})

test('a chip leaves the same air behind its text, however long that is', () => {
  for (const words of ['SIZE', 'AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256'])
    expect(chipWidth(words) - words.length * wireColumn).toBeGreaterThanOrEqual(14)
})
