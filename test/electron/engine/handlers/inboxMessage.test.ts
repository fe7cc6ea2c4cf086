import { expect, test } from 'vitest'
import { inboxMessageHandlers } from '#engine/handlers/inboxMessage.ts'
import { hostileHtml } from '#test/support/hostileHtml.ts'
import { envelope, temporaryStore } from '../store/support.ts'

const signal = new AbortController().signal

async function kept(text: string) {
  const store = await temporaryStore()
  const writer = store.openContent('S', 1)
  writer.append(new Uint8Array(Buffer.from(text, 'latin1')))
  await writer.commit(envelope())
  return inboxMessageHandlers(store)
}
const mixed = (...parts: string[]) => `From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n` // prettier-ignore

test('view and document of hostile HTML: nothing in it can run or fetch', async () => {
  const handlers = await kept(mixed(`Content-Type: text/html\r\n\r\n${hostileHtml('https://evil.test')}`))
  const view = await handlers['inbox.view']({ id: 'S.1' }, signal)
  expect(view?.trackers).toBe(1)
  expect(view?.removed.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['scripts', 'forms', 'frames', 'automatic redirections'])) // prettier-ignore
  const { html } = await handlers['inbox.document']({ id: 'S.1', remote: false }, signal)
  expect(html.replaceAll(/<style>[^<]*<\/style>|title="[^"]*"/gu, '')).not.toContain('evil.test')
  expect(html).not.toMatch(/<(?:script|svg|iframe|form|base|link|meta http)/iu)
})

test('parts and their content, piece by piece', async () => {
  const handlers = await kept(mixed('Content-Type: text/plain\r\n\r\nhi', 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=')) // prettier-ignore
  const { parts } = await handlers['inbox.parts']({ id: 'S.1' }, signal)
  expect(parts.map(({ path, type }) => `${path} ${type}`)).toEqual(['1 multipart/mixed', '1.1 text/plain', '1.2 image/png']) // prettier-ignore
  const piece = await handlers['inbox.part']({ id: 'S.1', path: '1.2', from: 1, size: 3 }, signal)
  expect(piece).toEqual({ base64: Buffer.from('ell').toString('base64'), total: 5 })
  await expect(handlers['inbox.part']({ id: 'S.1', path: '9', from: 0, size: 1 }, signal)).rejects.toThrow('Part "9"') // prettier-ignore
})

test('bad mail is told, never thrown: a broken tree, 10,000 parts, a header of 1 MB, a wrong charset', async () => {
  for (const text of [
    'Content-Type: multipart/mixed; boundary=never\r\n\r\nx',
    mixed(...Array.from({ length: 10_000 }, () => '\r\nx')),
    `X: ${'y'.repeat(1 << 20)}\r\n\r\n<b>`,
    'Content-Type: text/html; charset=x-none\r\n\r\n<b>caf\u00e9</b>',
    '',
  ]) {
    const handlers = await kept(text)
    const { parts } = await handlers['inbox.parts']({ id: 'S.1' }, signal)
    expect(parts.length).toBeGreaterThan(0)
    await handlers['inbox.view']({ id: 'S.1' }, signal)
    expect((await handlers['inbox.lint']({ id: 'S.1' }, signal)).checks.length).toBeGreaterThan(0)
  }
})

test('what is not there, or is no message, is not found', async () => {
  const handlers = await kept('x')
  await expect(handlers['inbox.lint']({ id: 'none' }, signal)).rejects.toMatchObject({ code: 'not-found' })
})
