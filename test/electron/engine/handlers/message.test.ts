import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

test('a key that is made here signs the message that is shown', async () => {
  const { client } = bench
  const made = await client.call('dkim.make', { domain: 'x.test', selector: 'test', kind: 'ed25519' })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  expect(made.record).toMatchObject({ name: 'test._domainkey.x.test' })
  const dkim = { domain: 'x.test', selector: 'test', privateKey: made.privateKey }
  const shown = await client.call('message.preview', {
    message: { from: 'a@x.test', to: ['b@x.test'], dkim },
  })
  if (!shown.ok) throw new Error(JSON.stringify(shown.problems))
  expect(Buffer.from(shown.base64, 'base64').toString()).toMatch(/^DKIM-Signature: .*ed25519/)
  expect(JSON.stringify(shown)).not.toContain('PRIVATE KEY')
})

test('what is wrong is answered field by field, the key is never shown', async () => {
  const { client } = bench
  expect(await client.call('dkim.make', { domain: 'a b', selector: '' })).toMatchObject({
    ok: false,
    problems: [{ field: 'domain', value: 'a b' }, { field: 'selector' }],
  })
  const dkim = { domain: 'x.test', selector: 's', privateKey: 'SECRET' }
  const message = { from: 'a@b@c.test', to: ['"Doe, J" <j@x.test>', 'k@x.test'], dkim }
  const shown = await client.call('message.preview', { message, envelopeFrom: 'nobody' })
  expect(shown.ok ? [] : shown.problems.map(({ field }) => field)).toEqual([
    'message.dkim.privateKey',
    'message.from',
    'envelopeFrom',
  ])
  expect(JSON.stringify(shown)).not.toContain('SECRET')
})
