import { expect, test } from 'vitest'
import {
  attach,
  detach,
  pasteRaw,
  readFiles,
  takePem,
  takePemText,
  takeRaw,
} from '#renderer/flows/sendFiles.ts'
import { fakeServices } from '#test/support/services.ts'

const services = () => fakeServices()
const file = (name: string, content = 'abc', type = '') => new File([content], name, { type })
const block = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('files are taken, read when they are needed, and removed', async () => {
  const all = services()
  attach(all, [file('a.txt', 'abc', 'text/plain'), file('b.bin')])
  expect(all.stores.compose.getState()).toMatchObject({ tab: 'attachments', files: [{ size: 3 }, {}] })
  const { files, problems } = await readFiles(all)
  expect(problems).toEqual([])
  expect(files.attachments).toEqual([
    { name: 'a.txt', type: 'text/plain', base64: 'YWJj' },
    { name: 'b.bin', base64: 'YWJj' },
  ])
  detach(all, all.stores.compose.getState().files[0]!.id)
  expect(all.stores.compose.getState().files).toHaveLength(1)
})
test('one that vanished is named at its field', async () => {
  const all = services()
  const gone = file('gone.pdf')
  gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
  attach(all, [gone])
  expect((await readFiles(all)).problems).toMatchObject([{ field: 'message.attachments', value: 'gone.pdf' }])
})
test('one that is too large is named and not taken', () => {
  const all = services()
  const large = file('big.iso')
  Object.defineProperty(large, 'size', { value: 80 << 20 })
  attach(all, [large])
  takeRaw(all, large)
  expect(all.stores.compose.getState()).toMatchObject({ files: [], raw: null })
  expect(all.stores.compose.getState().problems).toMatchObject({
    attachments: expect.stringContaining('big.iso'),
    raw: expect.stringContaining('big.iso'),
  })
})
test('a raw message replaces all attachments', async () => {
  const all = services()
  attach(all, [file('a.txt')])
  pasteRaw(all, 'A: b\n\nx')
  expect((await readFiles(all)).files).toEqual({ attachments: [], raw: btoa('A: b\r\n\r\nx') })
  takeRaw(all, file('m.eml', 'raw'))
  expect((await readFiles(all)).files.raw).toBe(btoa('raw'))
  pasteRaw(all, '')
  expect(all.stores.compose.getState().raw).toBeNull()
})
test('certificate and key come apart: the key stays in memory', async () => {
  const all = services()
  expect(
    await takePem(all, [file('c.pem', block('CERTIFICATE')), file('k.key', block('PRIVATE KEY'))]),
  ).toBeUndefined()
  const { draft, secrets } = all.stores.compose.getState()
  expect(draft.clientCert).toBe(block('CERTIFICATE'))
  expect(secrets.clientKey).toBe(block('PRIVATE KEY'))
  expect([...all.saved.values()].join()).not.toContain('PRIVATE')
})
test('what is no PEM is said with what to do', () => {
  expect(takePemText(services(), 'MIIB')).toMatch(/openssl pkcs12/)
})
