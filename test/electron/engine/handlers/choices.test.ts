import { expect, test } from 'vitest'
import { keptChoices } from '#engine/handlers/choices.ts'
import { openBench, startServer } from './support.ts'

test('nothing is chosen at first; what is chosen stays, one without the other', async () => {
  const bench = await openBench({ host: 'browser' })
  expect(await bench.client.call('app.choices', {})).toEqual({ serverStart: 'as-left', notify: false, notifiedBy: 'page' }) // prettier-ignore
  await bench.client.call('app.choose', { notify: true })
  await bench.client.call('app.choose', { serverStart: 'never' })
  await bench.halt()
  const again = await openBench({ dataFolder: bench.folder, host: 'desktop' })
  expect(await again.client.call('app.choices', {})).toEqual({ serverStart: 'never', notify: true, notifiedBy: 'host' }) // prettier-ignore
  await again.stop()
})

test('never: a server that was left on stays off; always: one that was left off starts', async () => {
  const bench = await openBench({ host: 'browser' })
  await startServer(bench.client)
  await bench.client.call('app.choose', { serverStart: 'never' })
  await bench.halt()
  const never = await openBench({ dataFolder: bench.folder, host: 'browser' })
  expect((await never.client.call('server.status', {})).running).toBe(false)
  await never.client.call('app.choose', { serverStart: 'always' })
  await never.client.call('server.stop', {})
  await never.halt()
  const always = await openBench({ dataFolder: bench.folder, host: 'browser' })
  expect((await always.client.call('server.status', {})).running).toBe(true)
  await always.stop()
})

const read = (json: string) => keptChoices({ getSetting: () => Promise.resolve(json) })

test('a setting that cannot be read is as if it was never chosen', async () => {
  const usual = { serverStart: 'as-left', notify: false }
  expect(await read('{')).toEqual(usual)
  expect(await read('{"serverStart":"soon","notify":"yes"}')).toEqual(usual)
})
