import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { addCertificates } from '../../../../../electron/hosts/terminal/commands/serveCertificates.ts'
import { emptyFolder } from '#test/support/server/place.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'

async function files() {
  const folder = await emptyFolder()
  const [certificate, key] = [join(folder, 'c.pem'), join(folder, 'k.pem')]
  writeFileSync(certificate, 'CERT')
  writeFileSync(key, 'KEY')
  return { certificate, key }
}

const none = { authority: { subject: '', issuer: '', names: [], validFrom: '', expiresAt: '', fingerprint256: '', key: '', file: '', pem: '', der: '' }, own: [] } // prettier-ignore
const engine = (problems: FieldProblem[] = []) =>
  fakeClient({ 'server.addCertificate': () => ({ certificates: none, problems }) })

test('nothing given: nothing asked', async () => {
  const client = engine()
  expect(await addCertificates({}, [], keptIo(), client)).toBe(true)
  expect(client.calls).toEqual([])
})

test('the files of the options and of a rules file, with the passphrase out of the environment', async () => {
  const [client, own] = [engine(), await files()]
  const io = keptIo({ WORD: 'open sesame' })
  expect(
    await addCertificates({ ...own, keyPassphraseEnv: 'WORD' }, [{ name: 'b', ...own }], io, client),
  ).toBe(true)
  expect(client.calls.map(([, input]) => input)).toEqual([
    { name: 'serve', certificate: 'CERT', key: 'KEY', passphrase: 'open sesame' },
    { name: 'b', certificate: 'CERT', key: 'KEY' },
  ])
})

test('what is wrong is told by the option, or by its place in the file', async () => {
  const own = await files()
  const client = engine([{ field: 'key', value: '', message: 'does not belong to the certificate' }])
  const [io, other] = [keptIo(), keptIo()]
  expect(await addCertificates(own, [], io, client)).toBe(false)
  expect(await addCertificates({}, [{ name: 'b', ...own }], other, client)).toBe(false)
  expect(io.said.join()).toMatch(/^--key.*does not belong/)
  expect(other.said.join()).toMatch(/certificates\[0\]\.key.*does not belong/)
  await expect(addCertificates({ ...own, keyPassphraseEnv: 'NONE' }, [], io, client)).rejects.toThrow(
    /--key-passphrase-env NONE/,
  )
})
