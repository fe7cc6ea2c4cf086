import { expect, test, vi } from 'vitest'
import {
  addCertificate,
  issueCertificate,
  loadCertificates,
  loadTlsSupport,
  readPemFiles,
  removeCertificate,
  saveDer,
  savePem,
} from '#renderer/flows/certificates.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { certificates, ownCertificate, tlsSupport } from '#test/support/certificates.ts'
import { fakeServices } from '#test/support/services.ts'

const state = ({ stores }: ReturnType<typeof fakeServices>) => stores.certificates.getState()
const pem = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('reads what there is, or says why not and keeps what it knew', async () => {
  const services = fakeServices()
  services.client.on('server.certificates', () => certificates())
  await loadCertificates(services)
  expect(state(services).certificates).toEqual(certificates())
  services.client.on('server.certificates', () => {
    throw new RpcError('internal', 'The folder is gone.')
  })
  await loadCertificates(services)
  expect(state(services)).toMatchObject({ certificates: certificates(), failed: 'The folder is gone.' })
})

test('what TLS can is asked once, and a failure says nothing', async () => {
  const services = fakeServices()
  await loadTlsSupport(services)
  expect(state(services).support).toBeNull()
  services.client.on('server.tlsSupport', () => tlsSupport())
  await loadTlsSupport(services)
  await loadTlsSupport(services)
  expect(state(services).support?.library).toBe('BoringSSL')
  expect(services.client.asked('server.tlsSupport')).toHaveLength(2)
})

test('an added or removed one is in the answer; problems come by field', async () => {
  const services = fakeServices()
  const given = { name: 'mx', certificate: 'c', key: 'k' }
  services.client.on('server.addCertificate', () => ({ certificates: certificates([ownCertificate()]), problems: [] })) // prettier-ignore
  expect(await addCertificate(services, given)).toBeNull()
  expect(state(services).certificates?.own[0]?.name).toBe('mx')
  services.client.on('server.addCertificate', () => ({ certificates: certificates(), problems: [{ field: 'key', value: '', message: 'is not the key of this certificate' }] })) // prettier-ignore
  expect(await addCertificate(services, given)).toEqual({ key: 'It is not the key of this certificate.' })
  expect(await removeCertificate(services, 'mx')).toEqual({ '': expect.stringContaining('no answer') })
})

test('a client certificate is told once and kept nowhere', async () => {
  const services = fakeServices()
  const made = { certificate: 'c', key: 'secret', authority: 'a', facts: ownCertificate() }
  services.client.on('server.issueClientCertificate', () => ({ made, problems: [] }))
  expect(await issueCertificate(services, { user: 'ann' })).toMatchObject({ made: { key: 'secret' } })
  expect(JSON.stringify(state(services))).not.toContain('secret')
  services.client.on('server.issueClientCertificate', () => ({ problems: [{ field: 'user', value: 'a b', message: 'is no name' }] })) // prettier-ignore
  expect(await issueCertificate(services, { user: 'a b' })).toEqual({
    problems: { user: '“a b” is no name.' },
  })
})

test('files are parted into certificates and keys; what is neither is named', async () => {
  const both = new File([`${pem('CERTIFICATE')}\n${pem('EC PRIVATE KEY')}`], 'both.pem')
  expect(await readPemFiles([both])).toEqual({ certificates: pem('CERTIFICATE'), keys: pem('EC PRIVATE KEY') }) // prettier-ignore
  expect(await readPemFiles([new File(['x'], 'photo.png')])).toContain('photo.png has neither')
  expect(await readPemFiles([new File(['x'.repeat(300_000)], 'big.pem')])).toContain('larger than 256 KB')
})

test('is saved as a file; what is no base64 is not', () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => {}
  savePem('ca.pem', pem('CERTIFICATE'))
  saveDer('ca.der', 'AAEC')
  saveDer('ca.der', '!')
  expect(clicked).toHaveBeenCalledTimes(2)
  clicked.mockRestore()
})
