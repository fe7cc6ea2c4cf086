import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { cramMd5Client, cramMd5Server } from '#shared/smtp/sasl/cramMd5.ts'
import { hashes } from '#test/support/hashes.ts'

// RFC 2195 §2.
const challenge = '<1896.697170952@postoffice.reston.mci.net>'
const digest = 'b913a602c7eda7a495b4e6e7334d3890'

test('the answer is that of RFC 2195', () => {
  const client = cramMd5Client({ user: 'tim', password: 'tanstaaftanstaaf' }, hashes)
  expect(client.start()).toBeNull()
  expect(client.step(utf8(challenge))).toEqual({
    type: 'respond',
    response: { bytes: utf8(`tim ${digest}`), secret: true, proofs: [digest] },
  })
  expect(client.step(utf8(challenge))).toMatchObject({ type: 'fail' })
})

test('an empty challenge is not answered: its digest would be the same every time', () => {
  const client = cramMd5Client({ user: 'tim', password: 'x' }, hashes)
  expect(client.step(new Uint8Array(0))).toMatchObject({ type: 'fail' })
})

test('the server asks the policy about the digest; the user name may hold spaces', () => {
  const server = cramMd5Server(challenge)
  expect(server.start(null)).toEqual({ type: 'challenge', bytes: utf8(challenge) })
  expect(server.step(utf8(`tim b ${digest.toUpperCase()}`))).toEqual({
    type: 'identify',
    question: { kind: 'cram-md5', user: 'tim b', challenge, digest },
  })
})

test('an initial response is refused: the challenge comes first', () => {
  expect(cramMd5Server(challenge).start(utf8(`tim ${digest}`))).toMatchObject({ type: 'fail' })
})

test.each([
  '',
  'tim',
  `tim ${digest.slice(1)}`,
  ` ${digest}`,
  `tim ${digest}0`,
  `tim ${digest} `,
  `tim ${'g'.repeat(32)}`,
])('%j is ill-formed', (response) =>
  expect(cramMd5Server(challenge).step(utf8(response))).toMatchObject({ type: 'fail' }),
)
