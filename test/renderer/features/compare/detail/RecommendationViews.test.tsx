import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RecommendationViews } from '#renderer/features/compare/detail/RecommendationViews.tsx'
import type { Recommended } from '#renderer/model/probeDetailViews.ts'
import { violations } from '../../../../support/page/axe.ts'

const recommendation: Recommended = {
  port: 465,
  tls: 'implicit',
  reason: 'Use port 465.',
  views: [
    { who: 'RFC 8314', says: 'Standard since 2018.', date: '2018-01' },
    { who: 'Bird, https://bird.com/blog/what-smtp-port', says: '465 is deprecated.', date: '2020-04-20' },
  ],
  provider: { name: 'Harbour', agrees: false, says: 'Harbour documents 587.', checked: '2026-05', source: 'https://harbour.example/help' },
  proof: [],
} // prettier-ignore

test('port, mode, reason; both views with their dates; the provider’s own words; axe finds nothing', async () => {
  const { container } = render(<RecommendationViews recommendation={recommendation} />)
  for (const words of ['Port 465', 'TLS from the start', 'Use port 465.', 'The articles say', 'Today’s standard says', 'April 2020', 'January 2018', 'Names something else', 'checked May 2026'])
    expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getByRole('link', { name: /^Bird/ }).getAttribute('href')).toBe('https://bird.com/blog/what-smtp-port')
  expect(await violations(container)).toEqual([])
}) // prettier-ignore

test('nothing to put side by side: the sentence stands alone; a source that is no address is no link', () => {
  const { provider: _, ...alone } = { ...recommendation, views: [] }
  const { rerender } = render(<RecommendationViews recommendation={alone} />)
  expect(screen.queryByRole('heading', { level: 3 })).toBeNull()
  rerender(<RecommendationViews recommendation={{ ...recommendation, views: [], provider: { ...recommendation.provider!, agrees: true, source: 'javascript:alert(1)' } }} />) // prettier-ignore
  expect(screen.getByText('Agrees')).toBeTruthy()
  expect(screen.queryByRole('link')).toBeNull()
})
