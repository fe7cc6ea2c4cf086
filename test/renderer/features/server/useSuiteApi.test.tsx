import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useFieldProblem, useSuiteApi } from '#renderer/features/server/useSuiteApi.ts'
import { renderRoom } from '#test/support/page/room.tsx'

function Probe() {
  return (
    <output>{`${useSuiteApi((api) => api.busy)} ${useFieldProblem('url')} ${useFieldProblem('allowedHosts')}`}</output>
  )
}

test('reads the store, and what is wrong with a field as a sentence', () => {
  const { stores } = renderRoom(<Probe />)
  expect(screen.getByRole('status').textContent).toBe('false undefined undefined')
  const problems = [
    { field: 'allowedHosts[1]', value: '*', message: 'is no host' },
    { field: 'url', value: 'http://x/', message: 'goes to http://x/' },
  ]
  act(() => stores.suiteApi.getState().set({ busy: true, problems }))
  expect(screen.getByRole('status').textContent).toBe('true goes to http://x/. *: is no host.')
}) // prettier-ignore
