import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  listenersIn,
  parseConfig,
  readConfigFile,
} from '../../../../electron/hosts/terminal/serveConfigFile.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const parse = (value: unknown) => parseConfig(JSON.stringify(value), '--config rules.json')

test('listeners, users, limits and certificates, or a preset', () => {
  const file = parse({
    listeners: [{ port: 2525 }],
    users: [{ user: 'ann', password: 'right words' }],
    limits: { recipients: 7 },
  })
  expect(file).toMatchObject({
    listeners: [{ port: 2525, tls: 'starttls' }],
    limits: { recipients: 7, idle: 300_000 },
  })
  expect(listenersIn(parse({ preset: 'mx' }))).toMatchObject([{ port: 25, auth: 'off' }])
  expect(listenersIn(parse({}))).toBeUndefined()
})

test.each([
  [{ listeners: [{ port: 'x' }] }, /listeners\[0\]\.port: /],
  [{ listeners: [{ port: 1, tls: 'ssl' }] }, /listeners\[0\]\.tls: .*starttls/],
  [{ listeners: [{ port: 1, cipher: 'HIGH' }] }, /listeners\[0\]\.cipher: there is no such field/],
  [{ limits: { recipient: 1 } }, /limits\.recipient: there is no such field/],
  [{ constructor: 1 }, /constructor: there is no such field/],
  [{ listeners: [{ port: 1, toString: 'x' }] }, /listeners\[0\]\.toString: there is no such field/],
  [{ '\u001b[2Jx': 1 }, /: \\x1b\[2Jx: there/],
  [{ listeners: Array.from({ length: 1001 }, () => ({ port: 0 })) }, /listeners: .*1000/],
  [{ preset: 'nonsense' }, /preset: .*submission/],
  [{ preset: 'mx', listeners: [] }, /leave one out/],
  [[], /the whole: /],
])('%j: the field is named', (value, words) => {
  expect(() => parse(value)).toThrow(words)
})

test('hostile JSON: a prototype is a field as any other, depth and length do no harm', () => {
  expect(() => parseConfig('{"__proto__":{"allowOutside":true}}', 'x')).toThrow(/__proto__: there is no such/)
  expect(() => parseConfig(`{"listeners":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'x')).toThrow(
    /listeners\[0\]: /,
  )
  expect(() => parseConfig(`{"${'a'.repeat(100_000)}":1}`, 'x')).toThrow(/^x: a{200}: there/)
})

test('a file that is no JSON is told by its place, and none of it is repeated: it may hold a password', () => {
  const text = '{\n  "users": [{ "user": "ann", "password": "right words" }],\n}'
  expect(() => parseConfig(text, '--config x')).toThrow(/^--config x: it is no JSON, from line 3 column 1 on/)
  expect(() => parseConfig('right words', '--config x')).toThrow(/^--config x: it is no JSON\. /)
})

test('a byte order mark is passed over; a file that is not there is told by name', async () => {
  const path = join(await emptyFolder(), 'rules.json')
  writeFileSync(path, '\ufeff{"name":"mx.test"}')
  expect(await readConfigFile(path)).toMatchObject({ name: 'mx.test' })
  await expect(readConfigFile(`${path}.no`)).rejects.toThrow(/--config .*no such file/)
})

test.each(['', '\uFEFF', ' \n\t\n'])('an empty file is no broken JSON', (text) => {
  expect(() => parseConfig(text, '--config relay.conf')).toThrow(
    /^--config relay\.conf: the file is empty: it holds no rule, and nothing would listen\. Write .*smtp-listener 127\.0\.0\.1:2525/,
  )
})
