import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAuthority } from '#engine/certs/make.ts'
import { readAuthorityFiles, withWholePaths } from '#engine/relay/desk/authorityFiles.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const now = new Date()
const naming = (...paths: string[]): RelayPolicy => ({
  ...emptyPolicy(),
  domains: paths.map((path, i) => ({ domain: `d${i}.example`, ca: { path, line: i + 2 } })),
})
async function file(text: string) {
  const path = join(await emptyFolder(), 'ca.pem')
  await writeFile(path, text)
  return path
}
const told = async (text: string) => {
  const path = await file(text)
  const { authorities, problems } = await readAuthorityFiles(naming(path), now)
  return [authorities.get(path)?.pem, ...problems.map(({ severity, message }) => `${severity}: ${message.replace(path, 'ca.pem')}`)] // prettier-ignore
}

test('the certificates of a file and nothing else of it; one that changes has another id', async () => {
  const { cert, key } = await makeAuthority(now)
  const { cert: second } = await makeAuthority(now)
  expect(await told(`words\n${cert}${key}\n${second}`)).toEqual([`${cert.trim()}\n${second.trim()}\n`])
  const [one, same, other] = [await file(cert), await file(`\n${cert}`), await file(second)]
  const { authorities } = await readAuthorityFiles(naming(one, same, other), now)
  const ids = [one, same, other].map((path) => authorities.get(path)?.id)
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
})
test('what cannot be used is an error with its remedy', async () => {
  const { cert, key } = await makeAuthority(now)
  expect(await told(key)).toEqual([undefined, 'error: smtp-ca ca.pem holds no certificate in PEM; name a file with -----BEGIN CERTIFICATE----- in it']) // prettier-ignore
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  expect(await told(cert + broken)).toEqual([undefined, 'error: smtp-ca ca.pem holds a certificate that cannot be read; write it anew in PEM']) // prettier-ignore
  const { cert: old } = await selfSigned({ from: -9, to: -1 })
  const [pem, words] = await told(old)
  expect([pem !== undefined, words]).toEqual([true, expect.stringMatching(/^warning: smtp-ca ca\.pem holds certificates that have expired, the last on .*; put in newer ones$/)]) // prettier-ignore
  expect((await told(old + cert)).length).toBe(1)
})
test('each entry that names it is told, of a virtual MTA too; each file is read once, and there may be fifty', async () => {
  const path = join(await emptyFolder(), 'none')
  const [domain] = naming(path).domains
  const policy = { ...emptyPolicy(), domains: [domain!], virtualMtas: [{ name: 'm', sourceHosts: [], domains: [{ domain: '*' }, { ...domain!, ca: { path } }] }] } // prettier-ignore
  const { problems } = await readAuthorityFiles(policy, now)
  expect(problems.map(({ field, line }) => [field, line])).toEqual([
    ['domains[0].ca', 2],
    ['virtualMtas[0].domains[1].ca', undefined],
  ])
  const own = await file((await makeAuthority(now)).cert)
  const many = [...Array.from({ length: 50 }, (_, i) => `${path}${i}`), own]
  const { problems: told51, authorities } = await readAuthorityFiles(naming(...many), now)
  expect(told51.at(-1)?.message).toMatch(/is one file more than the 50 that rules may name; put several/)
  expect(authorities.size).toBe(0)
})
test('a path that is not whole begins in the folder of the rules', () => {
  const given = { ...naming('a.pem', '/b.pem'), certificate: { path: '../c.pem', line: 1 } }
  const whole = withWholePaths({ ...given, virtualMtas: [{ name: 'm', sourceHosts: [], domains: [...given.domains, { domain: '*' }] }] }, '/etc/relay') // prettier-ignore
  const paths = ['/etc/relay/a.pem', '/b.pem']
  expect(whole.domains.map(({ ca }) => ca?.path)).toEqual(paths)
  expect(whole.virtualMtas[0]?.domains.map(({ ca }) => ca?.path)).toEqual([...paths, undefined])
  expect(whole.certificate).toEqual({ path: '/etc/c.pem', line: 1 })
  expect(withWholePaths(given, undefined)).toBe(given)
  expect(withWholePaths(given, 'relay')).toBe(given)
})
