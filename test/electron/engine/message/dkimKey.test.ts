import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { dkimName, dkimRecord, makeDkimKey, splitRecord } from '#engine/message/dkimKey.ts'

test.each([
  ['rsa', 2048],
  ['rsa', 1024],
  ['ed25519', 2048],
] as const)('a key of the kind %s, %i, and the record that publishes it', async (kind, bits) => {
  const made = await makeDkimKey({ domain: 'Bücher.example', selector: 'Test.a', kind, bits })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  const { privateKey, record } = made.value
  expect(record.name).toBe('test.a._domainkey.xn--bcher-kva.example')
  expect(record.value).toMatch(new RegExp(`^v=DKIM1; k=${kind}; p=[A-Za-z0-9+/]+=*$`))
  expect(record.strings.join('')).toBe(record.value)
  expect(Math.max(...record.strings.map((text) => text.length))).toBeLessThanOrEqual(255)
  const key = createPrivateKey(privateKey)
  expect(key.asymmetricKeyType).toBe(kind)
  if (kind === 'rsa') expect(key.asymmetricKeyDetails?.modulusLength).toBe(bits)
  const p = Buffer.from(record.value.split('p=')[1]!, 'base64')
  if (kind === 'ed25519') expect(p).toHaveLength(32)
  else
    expect(createPublicKey({ key: p, format: 'der', type: 'spki' }).equals(createPublicKey(key))).toBe(true)
  expect(dkimRecord('xn--bcher-kva.example', 'test.a', createPublicKey(key))).toEqual(record)
})

test.each([
  ['domain', '', 's'],
  ['domain', 'a b', 's'],
  ['domain', 'x..test', 's'],
  ['selector', 'x.test', ''],
  ['selector', 'x.test', 's;v=1'],
  ['selector', `${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.test`, 's'.repeat(60)],
])('%s is refused: %s, %s', async (field, domain, selector) => {
  expect(dkimName('', domain, selector)).toMatchObject({ ok: false, problems: [{ field }] })
  expect(await makeDkimKey({ domain, selector, kind: 'rsa', bits: 2048 })).toMatchObject({ ok: false })
})

test('a record is cut into strings of 255 octets', () => {
  expect(splitRecord('x'.repeat(600)).map((text) => text.length)).toEqual([255, 255, 90])
})
