import { expect, test } from 'vitest'
import { makeDkimKey } from '#renderer/flows/dkim.ts'
import { fakeServices } from '#test/support/services.ts'

const services = () => {
  const all = fakeServices()
  const { draft, change } = all.stores.compose.getState()
  change({ ...draft, dkimDomain: ' shop.example ', dkimKind: 'rsa-1024' })
  return all
}

test('the key stays in memory, the record in the form', async () => {
  const all = services()
  all.client.on('dkim.make', () => ({
    ok: true as const,
    privateKey: 'KEY',
    record: { name: 'test._domainkey.shop.example', value: 'v=DKIM1', strings: [] },
  }))
  await makeDkimKey(all)
  expect(all.client.asked('dkim.make')).toEqual([
    { domain: 'shop.example', selector: 'test', kind: 'rsa', bits: 1024 },
  ])
  expect(all.stores.compose.getState()).toMatchObject({
    secrets: { dkimKey: 'KEY' },
    draft: { dkimRecord: { value: 'v=DKIM1' } },
  })
  expect([...all.saved.values()].join()).not.toContain('KEY')
})
test('what is wrong stands at the field, a fault too', async () => {
  const all = services()
  all.client.on('dkim.make', () => ({
    ok: false as const,
    problems: [{ field: 'domain', value: '', message: 'No domain.' }],
  }))
  await makeDkimKey(all)
  expect(all.stores.compose.getState().problems.dkim).toBe('No domain.')
  all.client.on('dkim.make', () => { throw new Error('Gone.') }) // prettier-ignore
  await makeDkimKey(all)
  expect(all.stores.compose.getState().problems.dkim).toMatch(/No key was made/)
})
