import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RecordingLink } from '#renderer/features/dialogue/replay/RecordingLink.tsx'
import { renderReplay } from '../../../../support/page/replay.tsx'
import { accepted } from '../../../../support/page/scenes.ts'

test('leads from a replay to the diff with its recording, and from nothing else', () => {
  const { summary } = accepted()
  renderReplay(<RecordingLink summary={{ ...summary, id: 'new', state: 'ended', replayOf: 'accepted' }} />)
  expect(screen.getByRole('link').getAttribute('href')).toBe('#/dialogue/accepted/with/new')
  renderReplay(<RecordingLink summary={{ ...summary, replayOf: 'gone' }} />)
  expect(screen.getAllByRole('link')).toHaveLength(1)
})
