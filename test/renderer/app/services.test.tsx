import { render } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { ServicesProvider } from '#renderer/app/services.tsx'
import { makeServices } from '../../support/page/render.tsx'
import { held } from '../../support/page/scenes.ts'

test('while it is there the page follows engine, list, address and theme', async () => {
  const { services, stores } = makeServices({ sessions: [held()] })
  const { unmount } = render(<ServicesProvider services={services}>page</ServicesProvider>)
  await vi.waitFor(() => expect(stores.transcripts.getState().order).toEqual(['held']))
  await vi.waitFor(() => expect(stores.connection.getState().state).toBe('open'))
  expect(document.documentElement.dataset['theme']).toBe('light')
  unmount()
})
