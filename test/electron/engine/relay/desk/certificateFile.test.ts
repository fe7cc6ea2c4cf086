import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { readCertificateFile } from '#engine/relay/desk/certificateFile.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const now = new Date()
const later = new Date(now.getTime() + 500 * 86_400_000)
const make = async () => {
  const authority = await makeAuthority(now)
  return { authority, own: await makeServerCertificate(authority, ['mx.example'], now) }
}

async function read(text: string, at = now) {
  const path = join(await emptyFolder(), 'mx.pem')
  await writeFile(path, text)
  const { pem, problems } = await readCertificateFile({ certificate: { path, line: 7 } }, at)
  return { pem, told: problems.map(({ severity, line, message }) => `${line} ${severity}: ${message.replace(path, 'mx.pem')}`) } // prettier-ignore
}
const directive = 'smtp-server-tls-certificate mx.pem'

test('certificate, what signed it, and key in one file', async () => {
  const { authority, own } = await make()
  const whole = own.cert + authority.cert + own.key
  expect(await read(whole)).toEqual({ pem: whole, told: [] })
  expect((await read(own.cert + own.key)).told[0]).toMatch(/^7 warning: smtp-server-tls-certificate mx.pem: What signed it is not in the chain/) // prettier-ignore
})
test('what cannot serve is an error with its remedy', async () => {
  const { authority, own } = await make()
  const { told: mismatch } = await read(own.cert + authority.key)
  expect(mismatch).toEqual([`7 error: ${directive} has a key that does not belong to its certificate; put in the key that it was made with`]) // prettier-ignore
  expect((await read(own.cert)).told).toEqual([`7 error: ${directive} has no private key; put it into the same file, behind the certificates`]) // prettier-ignore
  expect((await read(own.cert + own.key, later)).told).toEqual([`7 error: ${directive} has expired; give a newer one`]) // prettier-ignore
  expect((await read('nonsense')).told).toEqual([`7 error: ${directive} cannot be read; give it in PEM, beginning with -----BEGIN CERTIFICATE-----`]) // prettier-ignore
  expect((await read('x'.repeat(300_000))).told).toEqual([`7 error: ${directive} is larger than 256 KB; name one with certificates and their key`]) // prettier-ignore
  const sealed = execFileSync('openssl', ['pkcs8', '-topk8', '-passout', 'pass:geheim'], { input: own.key, encoding: 'utf8' }) // prettier-ignore
  expect((await read(own.cert + sealed)).told).toEqual([`7 error: ${directive} has an encrypted key; store it without passphrase, readable by its owner only`]) // prettier-ignore
})
test('a file that is not there is a warning; a folder, a pipe and half a path are errors', async () => {
  const folder = await emptyFolder()
  const told = async (path: string) => (await readCertificateFile({ certificate: { path } }, now)).problems.map(({ severity, message }) => `${severity}: ${message}`)[0] // prettier-ignore
  expect(await told(join(folder, 'none'))).toBe(`warning: smtp-server-tls-certificate ${join(folder, 'none')} cannot be read: there is no such file; until it can, listeners show this program's own certificate`) // prettier-ignore
  expect(await told(folder)).toMatch(/^error: .* is no file; name one in PEM$/)
  execFileSync('mkfifo', [join(folder, 'pipe')])
  expect(await told(join(folder, 'pipe'))).toMatch(/^error: .* is no file; name one in PEM$/)
  expect(await told('mx.pem')).toMatch(/^error: .* mx.pem is no whole path; write it from the root/)
  expect(await readCertificateFile({}, now)).toEqual({ problems: [] })
})
