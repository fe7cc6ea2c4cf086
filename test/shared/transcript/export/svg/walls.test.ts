import { expect, test } from 'vitest'
import { drawRegion, regionsOf } from '#shared/transcript/export/svg/walls.ts'

const row = (wall: 'none' | 'open' | 'sealed' | 'seam', y: number) => ({ wall, y, height: 10 })

test('rows of one wall are one region; the plain ground is none', () => {
  expect(
    regionsOf([row('none', 0), row('open', 10), row('open', 20), row('seam', 30), row('sealed', 40)]),
  ).toEqual([
    { wall: 'open', from: 10, to: 30 },
    { wall: 'seam', from: 30, to: 40 },
    { wall: 'sealed', from: 40, to: 50 },
  ])
})

test('amber is hatched and dashed, violet solid; the seam joins them', () => {
  expect(drawRegion({ wall: 'open', from: 0, to: 10 }, false)).toMatch(/url\(#hatch\).*wallOpen/)
  expect(drawRegion({ wall: 'sealed', from: 0, to: 10 }, true)).not.toContain('hatch')
  expect(drawRegion({ wall: 'seam', from: 0, to: 10 }, true)).toContain('url(#seam)')
  expect(drawRegion({ wall: 'seam', from: 0, to: 10 }, false)).not.toContain('url(#seam)')
})
