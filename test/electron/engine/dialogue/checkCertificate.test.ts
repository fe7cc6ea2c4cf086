import { createPrivateKey } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { checkClientCertificate, isPem } from '#engine/dialogue/checkCertificate.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'

let good: Awaited<ReturnType<typeof selfSigned>>
beforeAll(async () => {
  good = await selfSigned()
})
const fields = (given: Parameters<typeof checkClientCertificate>[0], now = new Date()) =>
  checkClientCertificate(given, now).map(({ field, message }) => [field, message])

test('none, and a good one', () => {
  expect(fields(undefined)).toEqual([])
  expect(fields(good)).toEqual([])
})

test('what is wrong is named by its field, and no key is repeated', async () => {
  const other = await selfSigned()
  const cert = 'target.clientCertificate.cert'
  const key = 'target.clientCertificate.key'
  expect(fields({ ...good, cert: 'x' })).toEqual([[cert, expect.stringContaining('PEM')]])
  expect(fields({ ...good, key: 'secret nonsense' })).toEqual([
    [key, expect.not.stringContaining('nonsense')],
  ])
  expect(fields({ ...good, key: other.key })).toEqual([[key, expect.stringContaining('does not belong')]])
  const later = new Date(Date.now() + 400 * 86_400_000)
  expect(fields(good, later)).toEqual([[cert, expect.stringContaining('has expired')]])
  expect(fields(good, new Date(0))).toEqual([[cert, expect.stringContaining('not valid before')]])
})

test('PEM is every block of it', () => {
  expect(isPem(good.cert + good.cert)).toBe(true)
  for (const text of ['', 'x', good.cert.replace(/M/g, '!'), 'x'.repeat(2 << 20)])
    expect(isPem(text)).toBe(false)
})

test('an encrypted key needs its passphrase, and the right one', () => {
  const seal = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const
  const sealed = { ...good, key: createPrivateKey(good.key).export(seal).toString() }
  const field = 'target.clientCertificate.passphrase'
  expect(fields(sealed)).toEqual([[field, expect.stringContaining('give its passphrase')]])
  expect(fields({ ...sealed, passphrase: 'wrong one' })).toEqual([
    [field, expect.not.stringContaining('wrong one')],
  ])
  expect(fields({ ...sealed, passphrase: 'open sesame' })).toEqual([])
})
