import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Preview } from '#renderer/features/dialogue/share/Preview.tsx'
import { renderSharing } from './support.tsx'

const shared = { name: 'a', mime: 'text/plain', replaced: { addresses: 0, names: 0, bodies: 0 }, notes: [] }

test('a long text is shown to a bound', async () => {
  await renderSharing(<Preview />, { 'transcript.share': () => ({ ...shared, text: 'line\n'.repeat(5000) }) })
  expect(screen.getByText('and 4,700 more lines')).toBeTruthy()
})

test('a picture is an image, which runs nothing', async () => {
  const text = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  await renderSharing(<Preview />, { 'transcript.share': () => ({ ...shared, mime: 'image/svg+xml', text }) })
  expect((await screen.findByRole<HTMLImageElement>('img')).src).toMatch(/^data:image\/svg\+xml;base64,/)
  expect(document.querySelector('script, svg:not([aria-hidden])')).toBeNull()
})

test('while another choice is made, what was made before stays', async () => {
  const { stores } = await renderSharing(<Preview />)
  act(() => stores.share.getState().set({ state: 'loading' }))
  const region = screen.getByRole('region', { name: 'Preview' })
  expect(region.getAttribute('aria-busy')).toBe('true')
  expect(region.textContent).toContain('of accepted')
})
