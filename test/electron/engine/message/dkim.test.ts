import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { expect, test } from 'vitest'
import { composeMessage } from '#engine/message/compose.ts'
import { readSigner } from '#engine/message/dkim.ts'
import { makeDkimKey } from '#engine/message/dkimKey.ts'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/message.ts'

const options = { date: new Date(), uuid: 'u' }

async function signed(kind: 'rsa' | 'ed25519', fields: object, headers?: string[]) {
  const key = await makeDkimKey({ domain: 'x.test', selector: 'sel', kind, bits: 1024 })
  if (!key.ok) throw new Error('no key')
  const dkim = {
    domain: 'x.test',
    selector: 'sel',
    privateKey: key.value.privateKey,
    ...(headers ? { headers } : {}),
  }
  const message = Message.parse({
    from: 'Ann <a@x.test>',
    to: ['b@y.test'],
    subject: 'Grüße',
    dkim,
    ...fields,
  })
  const composed = await composeMessage(message, options)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return { bytes: composed.bytes, record: key.value.record }
}

async function verdict(bytes: Uint8Array, record: { name: string; strings: string[] }) {
  const asked: string[] = []
  const resolver = async (name: string, type: string) => {
    asked.push(`${name} ${type}`)
    if (name === record.name && type === 'TXT') return [record.strings]
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  }
  const { results } = await dkimVerify(Buffer.from(bytes), { resolver })
  return { result: results[0]?.status.result, asked }
}

test.each([
  ['rsa', {}],
  ['ed25519', {}],
  ['rsa', { text: '', html: '<b>é</b>', attachments: [{ name: 'a', base64: 'YQ==' }] }],
  ['rsa', { text: '  spaces \r\n\r\n\r\n.\r\n' }],
  ['rsa', { raw: toBase64(utf8('From: a@x.test\r\nTo: b@y.test\r\nSubject: raw\r\n\r\nno end')) }],
  ['rsa', { raw: toBase64(utf8('From: a@x.test\r\nTo: b@y.test\r\n\r\n')) }],
] as const)(
  '%s: an independent verifier accepts it, by the record that is published: %j',
  async (kind, fields) => {
    const { bytes, record } = await signed(kind, fields)
    expect(toByteString(bytes)).toMatch(
      /^DKIM-Signature: v=1; a=(rsa|ed25519)-sha256; c=relaxed\/relaxed; d=x\.test;/,
    )
    expect(await verdict(bytes, record)).toEqual({ result: 'pass', asked: ['sel._domainkey.x.test TXT'] })
  },
)

test('what is changed on the way is found out', async () => {
  const { bytes, record } = await signed('rsa', { text: 'one' })
  const changed = bytes.slice()
  changed[changed.length - 3]! ^= 1
  expect((await verdict(changed, record)).result).not.toBe('pass')
})

test('the fields that are signed are those that were named, From among them', async () => {
  const { bytes, record } = await signed('rsa', {}, ['Subject', 'X-Absent'])
  const head = toByteString(bytes).replaceAll('\r\n ', '')
  expect(/ h=([^;]+);/.exec(head)?.[1]?.toLowerCase().split(/: */).toSorted()).toEqual(['from', 'subject'])
  expect((await verdict(bytes, record)).result).toBe('pass')
})

test('line ends that a server would change are not signed', async () => {
  await expect(signed('rsa', { raw: toBase64(utf8('From: a@x.test\nTo: b@y.test\n\nx\n')) })).rejects.toThrow(
    /CRLF/,
  )
})

const small = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = { format: 'pem', type: 'pkcs8' } as const
test.each([
  ['', 'empty'],
  ['SECRET', 'PEM'],
  ['SECRET'.repeat(20_000), 'too long'],
  [small.export(pem).toString(), '512 bits'],
  [curve.privateKey.export(pem).toString(), 'kind ec'],
  [small.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' }).toString(), 'passphrase'],
  [curve.publicKey.export({ format: 'pem', type: 'spki' }).toString(), 'public part'],
])('a key that cannot sign is refused and never shown', (privateKey, words) => {
  const read = readSigner({ domain: 'x.test', selector: 's', privateKey })
  expect(read).toMatchObject({
    ok: false,
    problems: [{ field: 'message.dkim.privateKey', message: expect.stringContaining(words) }],
  })
  expect(read.ok ? '' : read.problems[0]!.value).toMatch(/^(\*{8})?$/)
})

test('names of fields are judged', () => {
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: pem,
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  })
  const read = (headers: string[]) => readSigner({ domain: 'x.test', selector: 's', privateKey, headers })
  expect(read(['Subject', 'a;b', 'a b'])).toMatchObject({
    ok: false,
    problems: [{ value: 'a;b' }, { value: 'a b' }],
  })
  expect(read(['Subject'])).toMatchObject({ ok: true, value: { headers: ['from', 'subject'] } })
})
