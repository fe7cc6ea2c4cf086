import { expect, it } from 'vitest'
import { sendByHttp } from '#engine/versus/httpWay.ts'
import { Measure } from '#engine/versus/measure.ts'
import { key, openApi } from '#test/support/httpApi/api.ts'
import { fakeHub } from '#test/support/server/fakes.ts'
import { systemClock } from '#test/support/server/place.ts'

it('ends at the first answer that is no 200, in words', async () => {
  const { port } = await openApi()
  const { hub, sessions } = fakeHub()
  const way = {
    hub, clock: systemClock, plan: { api: 'json', tls: false, tlsVersion: '1.3', reuse: true } as const, messages: 3, port, ca: '',
    key, measure: new Measure(() => 0), signal: new AbortController().signal, told: () => {},
  } // prettier-ignore
  const request = { path: '/elsewhere', fields: [], body: Buffer.from('{}') }
  expect(await sendByHttp({ ...way, request })).toBe('The API answered 404.')
  expect(sessions[0]?.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'failed' })
  expect(await sendByHttp({ ...way, port: 1, request })).toContain('No connection')
})
