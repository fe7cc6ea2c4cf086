import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { definitions, left, replyAt, right, style, width } from '#shared/transcript/export/svg/look.ts'

/** Mixed with the panel's white, as the page mixes them; a picture has no color-mix. */
const mixed = new Set(['#fff', '#fffbf2', '#f9f6fe', '#b9a3ee', '#ececea'])

test('colours are those of the page in its light theme', () => {
  const tokens = readFileSync(
    join(import.meta.dirname, '../../../../../renderer/ui/styles/tokens.css'),
    'utf8',
  )
  const colours = (style + definitions).match(/#[0-9a-f]{3,6}\b/g)!.filter((colour) => !mixed.has(colour))
  expect(colours.filter((colour) => !tokens.includes(colour))).toEqual([])
})

test('fonts are of the system, and the ladder fits its picture', () => {
  expect(style).not.toMatch(/url|@/)
  expect(0 < left && left < replyAt && replyAt < right && right < width).toBe(true)
})
