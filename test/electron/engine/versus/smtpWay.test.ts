import { expect, it } from 'vitest'
import { Measure } from '#engine/versus/measure.ts'
import { sendBySmtp } from '#engine/versus/smtpWay.ts'
import { fakeHub } from '#test/support/server/fakes.ts'
import { systemClock } from '#test/support/server/place.ts'

it('ends at the first connection that cannot be made, in words', async () => {
  const { hub, sessions } = fakeHub()
  const measure = new Measure(() => 0)
  const problem = await sendBySmtp({
    hub, clock: systemClock, plan: { pipelining: false, tls: 'none', tlsVersion: '1.3', reuse: false }, messages: 3,
    bytes: new Uint8Array(), envelope: { from: 'a@x.test', to: ['b@x.test'] }, port: 1, ca: '', account: { user: 'u', password: 'p' },
    measure, signal: new AbortController().signal, told: () => {},
  }) // prettier-ignore
  expect(problem).toContain('No connection')
  expect(sessions).toHaveLength(1)
  expect(sessions[0]?.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'failed' })
})
