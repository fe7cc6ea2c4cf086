import { expect, test } from 'vitest'
import type { HttpApiStatus } from '#shared/rpc/contract/httpApi.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { checkHttpApi, serveHttpApi } from '../../../../../electron/hosts/terminal/commands/serveHttpApi.ts'

const status = (on: boolean): HttpApiStatus => ({
  on,
  http: on ? { port: 0, actualPort: 40_001 } : { port: 8025 },
  https: on ? { port: 8443, problem: 'taken' } : { port: 8443 },
  keyed: false,
  perMinute: 0,
  requests: 0,
  messages: 0,
})
const problems = [{ field: 'https', value: '8443', message: 'Port 8443 is taken.' }]
const client = () =>
  fakeClient(
    {
      'httpApi.status': () => status(false),
      'httpApi.configure': ({ on }) => ({ status: status(on === true), problems: on ? problems : [] }),
    },
    {},
  )

test('the ports asked for are on while it runs, a taken one is named, and the settings come back', async () => {
  const [engine, io] = [client(), keptIo()]
  const running = await serveHttpApi({ httpApi: 0, httpsApi: true }, io, engine)
  expect(io.said.join('\n')).toContain('HTTP API on http://127.0.0.1:40001, any key is right')
  expect(io.said.join('\n')).toContain('--https-api')
  await running.restore()
  expect(engine.calls.map(([, input]) => input)).toEqual([
    {},
    { on: true, http: 0, https: 8443, key: '' },
    { on: false, http: 8025, https: 8443 },
  ])
})

test('without its options nothing is touched; a key alone is named', async () => {
  const [engine, io] = [client(), keptIo()]
  await (await serveHttpApi({}, io, engine)).restore()
  expect(engine.calls).toEqual([])
  expect(() => checkHttpApi({ apiKeyEnv: 'K' }, io)).toThrow(/--http-api/)
  expect(() => checkHttpApi({ httpApi: true, apiKeyEnv: 'NOT_SET' }, io)).toThrow(/NOT_SET/)
})
