import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useFilterRun } from '#renderer/features/dialogue/useFilterRun.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { longTranscript } from '../../../support/longTranscript.ts'
import { makeServices } from '../../../support/page/render.tsx'

const events = [...longTranscript('s', 6000)]
const log = appendEvents(emptyLog(), { events })
const model = new SessionModel().sync(log, Infinity)

test('no filter, no run; a filter is applied to the end; how it is shown changes nothing; it ends with the filter', async () => {
  const { services, stores } = makeServices()
  const { result } = renderHook(() => useFilterRun('s', log, model), {
    wrapper: ({ children }) => <ServicesContext value={services}>{children}</ServicesContext>,
  })
  const { setFilter } = stores.view.getState()
  expect(result.current).toBeUndefined()
  act(() => setFilter('s', { codes: ['550'] }))
  await waitFor(() => expect(result.current?.isDone(log)).toBe(true))
  const run = result.current
  expect(run?.matches).toBe(events.filter((event) => event.kind === 'reply' && event.code === 550).length)
  act(() => setFilter('s', { only: false }))
  expect(result.current).toBe(run)
  act(() => setFilter('other', { text: 'x' }))
  expect(result.current).toBe(run)
  act(() => setFilter('s', null))
  await waitFor(() => expect(result.current).toBeUndefined())
})
