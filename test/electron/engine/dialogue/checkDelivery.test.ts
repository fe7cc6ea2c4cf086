import { expect, test } from 'vitest'
import { checkDelivery } from '#engine/dialogue/checkDelivery.ts'

type Plan = Parameters<typeof checkDelivery>[0]
const check = (change: Partial<Plan>, recipients = 2) =>
  checkDelivery({ stopAfter: 'end', ...change }, recipients)

test.each<Partial<Plan>>([
  {},
  { dsn: { notify: ['success', 'failure', 'delay'], ret: 'hdrs', envid: 'order 4711+=', orcpt: 'auto' } },
  { dsn: { notify: ['never'], orcpt: ['a@example.com', ''] } },
  { stopAfter: 'rcpt', stopAt: { recipient: 2 }, stopHow: 'quit' },
  { stopAfter: 'body', stopAt: { octets: 0 }, stopHow: 'close' },
  { stopAfter: 'body', stopAt: { beforeDot: true }, stopHow: 'reset' },
  { stopAfter: 'body', stopHow: 'quit', extensions: { chunking: 'on' } },
  { stopAfter: 'data' },
])('%j can be said', (change) => {
  expect(check(change)).toEqual([])
})

test.each<[Partial<Plan>, string, string]>([
  [{ dsn: { notify: ['never', 'delay'] } }, 'dsn.notify', 'stands alone'],
  [{ dsn: { envid: '' } }, 'dsn.envid', 'printable ASCII'],
  [{ dsn: { envid: 'Grüße' } }, 'dsn.envid', 'printable ASCII'],
  [{ dsn: { envid: 'a\r\nRSET' } }, 'dsn.envid', 'printable ASCII'],
  [{ dsn: { envid: '='.repeat(40) } }, 'dsn.envid', 'longer than 100'],
  [{ dsn: { orcpt: ['a@example.com'] } }, 'dsn.orcpt', '1 original recipients for 2'],
  [{ dsn: { orcpt: ['a@example.com', 'nobody'] } }, 'dsn.orcpt[1]', '@'],
  [{ stopAt: { recipient: 1 } }, 'stopAt.recipient', 'after rcpt'],
  [{ stopAfter: 'rcpt', stopAt: { recipient: 3 } }, 'stopAt.recipient', 'from 1 to 2'],
  [{ stopAfter: 'data', stopAt: { octets: 1 } }, 'stopAt.octets', 'after body'],
  [{ stopAt: { beforeDot: true } }, 'stopAt.beforeDot', 'after body'],
  [{ stopAfter: 'body', stopAt: { octets: 1, beforeDot: true } }, 'stopAt.octets', 'choose one'],
  [{ stopAfter: 'body', stopHow: 'quit' }, 'stopHow', 'a line of it'],
  [{ stopAfter: 'data', stopHow: 'quit', extensions: { chunking: 'on' } }, 'stopHow', 'a line of it'],
])('%j is refused by %s', (change, field, words) => {
  expect(check(change)).toMatchObject([{ field, message: expect.stringContaining(words) }])
})
