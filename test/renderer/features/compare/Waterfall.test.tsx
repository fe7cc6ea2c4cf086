import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AxisHead, LargeWaterfall, Waterfall } from '#renderer/features/compare/Waterfall.tsx'
import { axisOf, barsOf } from '#renderer/model/probeWaterfall.ts'
import { results } from '#test/support/page/compare.tsx'

const all = results.map(barsOf)
const axis = axisOf(all)
test('ticks over the bars; the small one is for the eye, the large one is read with who could read it', () => {
  const { container } = render(<><AxisHead axis={axis} /><Waterfall bars={all[0]!} axis={axis} /><LargeWaterfall bars={all[2]!} axis={axis} label="Phases of 587" /></>) // prettier-ignore
  expect(container.textContent).toContain('400 ms')
  expect(screen.getByText('no answer')).toBeTruthy()
  const phases = screen.getAllByRole('listitem').map((item) => item.textContent)
  expect(phases).toContain('starttls 39 ms, readable by others')
  expect(phases).toContain('tls 96 ms, sealed')
})
