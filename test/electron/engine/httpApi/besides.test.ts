import { expect, it } from 'vitest'
import { withHttpApi } from '#engine/httpApi/besides.ts'
import type { LocalServer } from '#engine/server/types.ts'

it('starts and stops the API with the server', async () => {
  const told: boolean[] = []
  // Only what is asked of it here.
  const server = {
    start: async () => ({ status: { running: true }, problems: [] }),
    stop: async () => ({ running: false }),
  } as unknown as LocalServer
  const both = withHttpApi(server, { serverRuns: async (runs) => void told.push(runs) })
  await both.start()
  expect(await both.stop()).toEqual({ running: false })
  expect(told).toEqual([true, false])
})
