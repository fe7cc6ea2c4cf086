import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Changes } from '#renderer/features/relay/Changes.tsx'
import { shopPolicy } from '#test/support/relay/page.ts'

test('each change by sign and word; none is said', () => {
  const policy = shopPolicy()
  const { rerender } = render(<Changes before={policy} after={{ ...policy, relayDomains: [{ domain: 'new.test' }] }} />) // prettier-ignore
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '+added: relay domain new.test', '−taken out: relay domain shop.example',
  ]) // prettier-ignore
  rerender(<Changes before={policy} after={policy} />)
  expect(screen.getByText(/The same rules/)).toBeTruthy()
})
