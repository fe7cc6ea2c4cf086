import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { factsOf } from '#engine/certs/facts.ts'
import { makeAuthority } from '#engine/certs/make.ts'
import { trustGuides } from '#shared/knowledge/trust.ts'
import {
  authority,
  clientCertificate,
  guideText,
} from '../../../../../electron/hosts/terminal/commands/authority.ts'
import type { WithEngine } from '../../../../../electron/hosts/terminal/io.ts'
import { emptyFolder } from '#test/support/server/place.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'

const { cert } = await makeAuthority(new Date())
const { raw } = new X509Certificate(cert)
const facts = factsOf(new X509Certificate(cert))
const own = { ...facts, file: "/it's/ca.pem", pem: cert, der: raw.toString('base64') }
const client = fakeClient({
  'server.certificates': () => ({ authority: own, own: [] }),
  'server.issueClientCertificate': ({ user }) =>
    user === 'ann'
      ? { made: { certificate: 'CERT\n', key: 'KEY\n', authority: 'CA\n', facts }, problems: [] }
      : { problems: [{ field: 'user', value: user, message: 'is empty' }] },
})
const engine: WithEngine = (_, run) => run(client)
const plain = { der: false, json: false }

test('PEM on standard output, the facts in words', async () => {
  const io = keptIo()
  expect([await authority(plain, io, engine), io.written]).toEqual([0, cert])
  expect(io.said.join()).toContain(facts.fingerprint256)
})

test('DER goes into a file, and not into a terminal', async () => {
  const out = join(await emptyFolder(), 'ca.der')
  expect(await authority({ ...plain, der: true, out }, keptIo(), engine)).toBe(0)
  expect(readFileSync(out).equals(raw)).toBe(true)
  expect(await authority({ ...plain, der: true }, { ...keptIo(), terminal: true }, engine)).toBe(2)
})

test('how it is trusted: one system or all, with the path quoted', async () => {
  const [one, all] = [keptIo(), keptIo()]
  await authority({ ...plain, trust: 'node' }, one, engine)
  expect(one.written).toContain(String.raw`NODE_EXTRA_CA_CERTS='/it'\''s/ca.pem' node app.js`)
  await authority({ ...plain, trust: 'all' }, all, engine)
  for (const guide of trustGuides) expect(all.written).toContain(guideText(guide, own.file))
})

test('a client certificate: the key for its owner only; a wrong user is status 2', async () => {
  const folder = await emptyFolder()
  const [outCert, outKey] = [join(folder, 'c.pem'), join(folder, 'k.pem')]
  const io = keptIo()
  expect(await clientCertificate('', { outCert, outKey }, io, engine)).toBe(2)
  expect(io.said).toEqual([expect.stringMatching(/^<user>.*is empty/)])
  expect(await clientCertificate('ann', { outCert, outKey }, keptIo(), engine)).toBe(0)
  expect([readFileSync(outCert, 'utf8'), readFileSync(outKey, 'utf8')]).toEqual(['CERT\nCA\n', 'KEY\n'])
  if (process.platform !== 'win32') expect(statSync(outKey).mode & 0o077).toBe(0)
})

test.runIf(process.platform !== 'win32')('a key goes into no file that others may read', async () => {
  const folder = await emptyFolder()
  const [outCert, outKey] = [join(folder, 'c.pem'), join(folder, 'k.pem')]
  writeFileSync(outKey, 'an older key', { mode: 0o644 })
  expect(await clientCertificate('ann', { outCert, outKey }, keptIo(), engine)).toBe(0)
  expect([readFileSync(outKey, 'utf8'), statSync(outKey).mode & 0o777]).toEqual(['KEY\n', 0o600])
})

test('one file for both would lose the key: refused before anything is made', async () => {
  const outKey = join(await emptyFolder(), 'both.pem')
  const both = { outCert: join(outKey, '..', 'both.pem'), outKey }
  await expect(clientCertificate('ann', both, keptIo(), engine)).rejects.toThrow(
    /--out-cert and --out-key both name .*Name two files/,
  )
  expect(existsSync(outKey)).toBe(false)
})
