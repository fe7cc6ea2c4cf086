import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Facts, Note, Panel } from '#renderer/features/compare/detail/Panel.tsx'

test('a title with an aside, a note with its verdict, facts with why', () => {
  render(
    <Panel title="TLS" icon="lock" aside="38 connections">
      <Note tone="warn">Look here.</Note>
      <Facts facts={[{ name: 'Compression', value: 'on', tone: 'bad', why: 'Its size tells.' }]} />
    </Panel>,
  )
  expect(screen.getByRole('heading', { name: 'TLS' })).toBeTruthy()
  for (const words of [
    '38 connections',
    'Look here.',
    'Look at this',
    'Compression',
    'on',
    'Its size tells.',
  ])
    expect(screen.getByText(words)).toBeTruthy()
})
