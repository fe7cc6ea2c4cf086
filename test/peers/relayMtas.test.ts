/**
 * mta1 and mta2 of the articles, beside one server that offers no TLS and puts everybody off: mta1, which requires TLS, says
 * nothing of the message and comes again after ten minutes; mta2 goes in clear, hears 451 and comes again after 45.
 */
import { expect, onTestFinished, test } from 'vitest'
import { mailServer } from '../support/relay/deliveryServer.ts'
import { live, triedAgain } from '../support/relay/live.ts'

const mta = (name: string, address: string, tls: boolean, wait: string, port: number): string => `<virtual-mta ${name}>
smtp-source-host ${address} ${name}.yourserver.com
<domain *>
use-starttls ${tls}
require-starttls ${tls}
retry-after ${wait}
smarthost 127.0.0.1:${port} ${tls ? 'starttls' : 'plain'}
</domain>
</virtual-mta>
virtual-mta-rule mail-from /@${name}\\.example$/ ${name}
` // prettier-ignore

const minute = 60_000

test('each with its own TLS rule and its own time', async () => {
  const server = await mailServer({ rcpt: () => '451 4.7.1 Greylisted' })
  onTestFinished(() => server.close())
  const { port } = server
  const rules = mta('mta1', '127.0.0.4', true, '10m', port) + mta('mta2', '127.0.0.5', false, '45m', port)
  const relay = await live({ rules, allowed: ['127.0.0.1'] })
  const tried = ['mta1', 'mta2'].map(async (name) => {
    await relay.give({ from: `a@${name}.example`, to: `kim@${name}.test` })
    return relay.when(`kim@${name}.test`, triedAgain())
  })
  const [one, two] = await Promise.all(tried)
  const waits = [one!, two!].map(({ nextAt, history }) => (Date.parse(nextAt!) - Date.parse(history[0]!.at)) / minute) // prettier-ignore
  expect([one!.virtualMta, one!.words]).toEqual([
    'mta1',
    'TLS not available: it is required, and the server does not offer STARTTLS',
  ])
  expect([two!.virtualMta, two!.words, two!.history[0]!.sealed]).toEqual(['mta2', '451 4.7.1 Greylisted', 'in clear']) // prettier-ignore
  // A wait is at most a twentieth longer than the rules' own, so that what failed together is not tried together.
  expect(waits[0]).toBeGreaterThanOrEqual(10)
  expect(waits[0]).toBeLessThan(10.6)
  expect(waits[1]).toBeGreaterThanOrEqual(45)
  expect(waits[1]).toBeLessThan(47.4)
})
