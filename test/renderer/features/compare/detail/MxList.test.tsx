import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MxList } from '#renderer/features/compare/detail/MxList.tsx'
import { domain } from '../../../../support/probeDetail.ts'

test('in order, with problems, addresses and their names', () => {
  const reverse = [{ address: '192.0.2.1', state: 'found' as const, names: ['mx1.shop.test'], confirmed: ['mx1.shop.test'] }] // prettier-ignore
  const { container } = render(<MxList records={domain().records} reverse={reverse} />)
  expect([...container.querySelectorAll('ol > li')].map((row) => row.textContent.slice(0, 13))).toEqual(['Preference 10', 'Preference 20']) // prettier-ignore
  for (const words of ['leads back', 'This name does not exist']) expect(screen.getByText(words)).toBeTruthy()
})

test('many addresses fold; the null MX has a word', async () => {
  const addresses = Array.from({ length: 9 }, (_, i) => `192.0.2.${i}`)
  render(
    <MxList records={[{ preference: 0, host: '.', addresses, problem: 'null-among-others' }]} reverse={[]} />,
  )
  expect(screen.getByText('no host (.)')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'and 5 more addresses' }))
  expect(screen.getByText('192.0.2.8')).toBeTruthy()
})
