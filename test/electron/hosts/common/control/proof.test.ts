import { expect, test } from 'vitest'
import { isProof, newNonce, newSecret, proofOf, textOf } from '../../../../../electron/hosts/common/control/proof.ts' // prettier-ignore

const nonces = { server: 'a', client: 'b' }

test('a proof is of one secret, one side and one connection', () => {
  const [secret, other] = [newSecret(), newSecret()]
  const right = proofOf(secret, 'client', nonces)
  expect(isProof(right, proofOf(secret, 'client', { ...nonces }))).toBe(true)
  for (const wrong of [
    proofOf(other, 'client', nonces),
    proofOf(secret, 'server', nonces),
    proofOf(secret, 'client', { server: 'b', client: 'a' }),
    '',
    right.slice(1),
    undefined,
    7,
  ])
    expect(isProof(wrong, right)).toBe(false)
  expect(right).not.toContain(secret)
  expect(newNonce()).not.toBe(newNonce())
  expect(secret.length).toBe(43)
})
test('a text of a message, bounded; whatever else came is empty', () => {
  expect(textOf({ nonce: 'x' }, 'nonce')).toBe('x')
  expect(textOf({ nonce: 'x'.repeat(999) }, 'nonce')).toHaveLength(200)
  for (const message of [null, undefined, 'nonce', 3, {}, { nonce: {} }, []])
    expect(textOf(message, 'nonce')).toBe('')
})
