import { expect, test } from 'vitest'
import { z } from 'zod'
import { certificateCalls } from '#shared/rpc/contract/certificates.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { explain } from '#shared/rpc/explain.ts'

function words(schema: z.ZodType, input: unknown): string {
  const read = schema.safeParse(input)
  return read.success ? '' : explain(read.error, input)
}

const target = { host: 'h', port: 25, tls: 'none' }

test('names the field by its path, the value, and what would be right', () => {
  const schema = z.object({ ports: z.array(z.object({ port: z.int().max(65535) })) })
  expect(words(schema, { ports: [{ port: 70000 }] })).toBe(
    'ports[0].port 70000: Too big: expected number to be <=65535',
  )
  expect(words(schema, 'text')).toMatch(/^input "text": .*expected object/)
  expect(words(schema, {})).toMatch(/^ports: .*expected array/)
})

test('cuts long values and tells at most three problems', () => {
  const schema = z.object({ a: z.int(), b: z.int(), c: z.int(), d: z.int() })
  const told = words(schema, { a: 'x'.repeat(500), b: '', c: '', d: '' })
  expect(told).toContain(`a "${'x'.repeat(60)}":`)
  expect(told).toMatch(/; and 1 more$/)
})

test('never quotes what may be a password', () => {
  for (const auth of ['hunter2', { mechanism: 'hunter2' }, { mechanism: 'plain', password: ['hunter2'] }])
    expect(words(DialogueRequest, { target, auth })).not.toContain('hunter2')
  expect(words(DialogueRequest, { target, auth: 'hunter2' })).toMatch(/^auth: /)
})

test.each(['passphrase', 'key', 'privateKey', 'password', 'token', 'secret', 'apiKey', 'clientCa'])(
  '%s is named and never quoted',
  (field) => {
    const schema = z.object({ given: z.object({ [field]: z.string().max(3) }) })
    expect(words(schema, { given: { [field]: 'hunter2' } })).toMatch(new RegExp(`^given\\.${field}: Too big`))
  },
)

test('a key or passphrase that is too long for the call is not in the refusal', () => {
  const given = { name: 'n', certificate: 'hunter2'.repeat(40_000), key: 'hunter2'.repeat(40_000), passphrase: 'hunter2'.repeat(200) } // prettier-ignore
  const told = words(certificateCalls['server.addCertificate'].input, given)
  expect(told).toMatch(/certificate: .*key: .*passphrase: /)
  expect(told).not.toContain('hunter2')
})
