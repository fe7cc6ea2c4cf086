import { expect, test } from 'vitest'
import { notFound } from '#shared/rpc/error.ts'
import {
  mailDocument,
  mailHeaders,
  readMailAddress,
} from '../../../../../electron/hosts/common/web/mailFrame.ts'

const read = (path: string) => readMailAddress(new URL(path, 'http://host'))

const policy = (remote: boolean) => mailHeaders('http://127.0.0.1:9', remote)['Content-Security-Policy']
const gone = () => {
  throw notFound('Message', 'm')
}

test('reads whose document is asked for', () => {
  expect(read('/mail/S.1')).toEqual({ id: 'S.1', remote: false })
  expect(read('/mail/a%2Fb?remote=once')).toEqual({ id: 'a/b', remote: true })
  expect(read('/mail/a?remote=1')).toEqual({ id: 'a', remote: false })
  for (const path of ['/', '/mail/', '/mail', '/mail/%E0%A4', `/mail/${'x'.repeat(300)}`])
    expect(read(path)).toBeNull()
})

test('the policy gives nothing; pictures from elsewhere only when asked for', () => {
  expect(policy(false)).toBe("default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors http://127.0.0.1:9; sandbox") // prettier-ignore
  expect(policy(true)).toContain('img-src data: http: https:;')
  expect(mailHeaders('x', true)).toMatchObject({
    'Cache-Control': 'no-store',
    'X-DNS-Prefetch-Control': 'off',
  })
})

test('a message that is gone, has no HTML, or an engine that is not there yet: no document', async () => {
  const request = { id: 'm', remote: false }
  expect(await mailDocument({ 'inbox.document': () => ({ html: '<p>' }) }, request)).toBe('<p>')
  expect(await mailDocument({ 'inbox.document': () => ({ html: '' }) }, request)).toBeNull()
  expect(await mailDocument({}, request)).toBeNull()
  expect(await mailDocument({ 'inbox.document': gone }, request)).toBeNull()
})
