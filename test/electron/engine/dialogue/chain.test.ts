import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { chainFaults, rawChain, readCertificate } from '#engine/dialogue/chain.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { listen, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'
import type { KeyPair } from '#engine/certs/make.ts'

const open: TestServer[] = []
afterAll(() => Promise.all(open.map((server) => server.close())))

async function connected(pair: KeyPair, ca?: string) {
  const server = await listen(says(''), pair)
  open.push(server)
  const socket = connect({
    host: '127.0.0.1',
    port: server.port,
    rejectUnauthorized: false,
    ...(ca ? { ca } : {}),
  })
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  return socket
}

test('a certificate is read into the transcript’s form', async () => {
  const { cert } = await selfSigned({ name: 'mx.example' })
  const read = readCertificate(new X509Certificate(cert).raw)
  expect(read.validFrom).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(read).toMatchObject({
    subject: 'CN=mx.example',
    issuer: 'CN=mx.example',
    names: ['DNS:mx.example'],
    key: 'EC prime256v1',
  })
})

test('a trusted chain has no fault; another name or another time has one', async () => {
  const { ca, pair } = await trusted()
  const socket = await connected(pair, ca)
  const chain = rawChain(socket).map(readCertificate)
  expect(chain).toHaveLength(2)
  const now = new Date()
  expect(chainFaults(socket, chain, 'localhost', now)).toEqual([])
  expect(chainFaults(socket, chain, '127.0.0.1', now)).toEqual([])
  const codes = (reference: string, at: Date) =>
    chainFaults(socket, chain, reference, at).map(({ code }) => code)
  expect(codes('mx.example', now)).toEqual(['ERR_TLS_CERT_ALTNAME_INVALID'])
  expect(codes('localhost', new Date(now.getTime() + 500 * 86_400_000))).toEqual(['CERT_HAS_EXPIRED'])
  expect(codes('localhost', new Date(now.getTime() - 500 * 86_400_000))).toEqual(['CERT_NOT_YET_VALID'])
  socket.destroy()
})

test('every fault is found, not only the first', async () => {
  const socket = await connected(await selfSigned({ from: -9, to: -5 }))
  const codes = chainFaults(socket, rawChain(socket).map(readCertificate), 'other.example', new Date()).map(
    ({ code }) => code,
  )
  expect(codes).toContain('CERT_HAS_EXPIRED')
  expect(codes).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(codes).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
  socket.destroy()
})

async function faultsFor(name: string): Promise<string[]> {
  const socket = await connected(await selfSigned({ name }))
  const chain = rawChain(socket).map(readCertificate)
  const found = chainFaults(socket, chain, 'mail.example.org', new Date())
  socket.destroy()
  return found.map(({ code }) => code)
}

test('a wildcard is a whole label and nothing else', async () => {
  expect(await faultsFor('*.example.org')).not.toContain('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(await faultsFor('m*.example.org')).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
})
