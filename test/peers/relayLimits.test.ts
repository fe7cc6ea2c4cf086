/**
 * Limits written in the notation, through the whole program: two domains by one smarthost, one with a rate, one with a number
 * of connections, and what a domain that has neither does meanwhile.
 */
import { expect, onTestFinished, test } from 'vitest'
import { inState, live } from '#test/support/relay/live.ts'
import { mailServer, type MailRules, type MailServer } from '#test/support/relay/deliveryServer.ts'

const domainOf = (line: string): string => line.replace(/^.*@([^>]+)>.*$/u, '$1')

/** How many messages of each domain are under way at once at most, and the order in which they came. */
async function watched(): Promise<{ server: MailServer; most: Record<string, number>; order: string[] }> {
  const now: Record<string, number> = {}
  const most: Record<string, number> = {}
  const order: string[] = []
  const rules: MailRules = {
    rcpt(line) {
      const domain = domainOf(line)
      order.push(domain)
      now[domain] = (now[domain] ?? 0) + 1
      most[domain] = Math.max(most[domain] ?? 0, now[domain])
      return undefined
    },
    end(_, to) {
      for (const line of to) now[domainOf(line)]!--
      return undefined
    },
  }
  const server = await mailServer(rules)
  onTestFinished(() => server.close())
  return { server, most, order }
}

test('a rate and a number of connections hold for their domains, by one smarthost', async () => {
  const { server, most, order } = await watched()
  const smarthost = `smarthost 127.0.0.1:${server.port} plain\n`
  const rules = `<domain slow.test>\nmax-msg-rate 2/h\n</domain>\n<domain two.test>\nmax-smtp-out 2\n</domain>\n<domain *>\n${smarthost}</domain>\n` // prettier-ignore
  const relay = await live({ rules, allowed: ['127.0.0.1'] })
  for (let n = 0; n < 20; n++)
    await relay.give({ to: [`u${n}@slow.test`, `u${n}@two.test`, `u${n}@free.test`] })
  await relay.when('u19@two.test', inState('delivered'))
  await relay.when('u19@free.test', inState('delivered'))
  await server.whenKept(41)
  expect(most['two.test']).toBeLessThanOrEqual(2)
  // One in half an hour; all others went past it.
  expect(order.filter((domain) => domain === 'slow.test')).toHaveLength(1)
  const { words, rules: said } = await relay.when('u19@slow.test', inState('waiting'))
  expect(words).toBe('Waiting: the rules allow 2 messages in 1 h')
  expect(said).toContain('At most 2 messages in 1 h (domain slow.test)')
})

test('beside the smarthost: one limit for all that goes by it', async () => {
  const { server } = await watched()
  const rules = `<domain *>\nsmarthost 127.0.0.1:${server.port} plain\nmax-smtp-out 1\n</domain>\n`
  const relay = await live({ rules, allowed: ['127.0.0.1'] })
  for (let n = 0; n < 12; n++) await relay.give({ to: `u@d${n % 4}.test` })
  await server.whenKept(12)
  expect(server.most()).toBe(1)
  const { rules: said } = await relay.when('u@d3.test', inState('delivered'))
  expect(said).toContain('At most 1 connection at once (domain *, for all that goes by its smarthost)')
})
