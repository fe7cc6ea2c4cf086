import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PhaseScrubber, phaseWeight } from '#renderer/ui/PhaseScrubber.tsx'
import { violations } from '../../support/page/axe.ts'

test('phases with times; planned ones lead nowhere', async () => {
  const select = vi.fn()
  const phases = [
    { key: 'a', name: 'dns', look: 'connecting', took: 12_000, shown: '12', seq: 1 },
    { key: 'b', name: 'mail', look: 'planned' },
  ] as const
  const { container } = render(<PhaseScrubber phases={phases} playhead={1} current={0} onSelect={select} />)
  const dns = screen.getByRole('button', { name: /dns ?12 ?milliseconds/ })
  expect(dns.getAttribute('aria-current')).toBe('step')
  await userEvent.click(dns)
  expect(select).toHaveBeenCalledWith(1)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /mail ?planned/ }).disabled).toBe(true)
  expect(await violations(container)).toEqual([])
})

test('a duration has one unit, and a phase without times is not called planned', () => {
  const phases = [
    { key: 'a', name: 'other', look: 'open', took: 23_300_000, shown: '23.3 s', seq: 1 },
    { key: 'b', name: 'mail', look: 'open', seq: 2 },
    { key: 'c', name: 'rcpt', look: 'open', took: 1000, shown: '1', seq: 3 },
  ] as const
  render(<PhaseScrubber phases={phases} onSelect={() => {}} />)
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
    'other 23.3 s',
    'mail ',
    'rcpt 1 millisecond',
  ])
})

test('more time is wider, no time still readable', () => {
  expect(phaseWeight(undefined)).toBe(4)
  expect(phaseWeight(100_000)).toBeGreaterThan(phaseWeight(10_000))
})

test('the playhead stands between phases, or inside one', () => {
  const phases = [
    { key: 'a', name: 'dns', look: 'connecting', seq: 1 },
    { key: 'b', name: 'mail', look: 'open', seq: 2 },
  ] as const
  const marks = (playhead?: number) => {
    const { container, unmount } = render(
      <PhaseScrubber phases={phases} playhead={playhead} onSelect={() => {}} />,
    )
    const found = [...container.querySelectorAll<HTMLElement>('[class*="play"], [class*="within"]')]
    const places = found.map((mark) => mark.style.left || 'between')
    unmount()
    return places
  }
  expect([marks(), marks(1), marks(1.25), marks(2)]).toEqual([[], ['between'], ['25%'], ['between']])
})
