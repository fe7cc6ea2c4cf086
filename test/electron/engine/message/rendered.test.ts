import { expect, it } from 'vitest'
import { parseLimit } from '#engine/message/parse.ts'
import { renderMessage } from '#engine/message/rendered.ts'

const octets = (lines: string[]) => new Uint8Array(Buffer.from(lines.join('\r\n')))
const related = (html: string, type = 'image/png') =>
  octets([
    'From: a@b.test', 'MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '', html,
    '--b', `Content-Type: ${type}`, 'Content-ID: <logo@x>', 'Content-Transfer-Encoding: base64', '', 'iVBORw0K', '--b--', '',
  ]) // prettier-ignore

it('draws the HTML part with the pictures of the message', async () => {
  const bytes = related('<p>Grüße</p><img src="cid:logo@x"><img src="https://x.test/t" width=1 height=1>')
  const drawn = await renderMessage(bytes, bytes.length, false)
  expect(drawn?.document).toContain('<p>Grüße</p>')
  expect(drawn?.document).toContain('src="data:image/png;base64,iVBORw0K"')
  expect(drawn?.view).toEqual({ remoteImages: 1, trackers: 1, removed: [], links: [] })
})

it('puts no picture in that a browser could take for a document', async () => {
  const bytes = related('<img src="cid:logo@x">', 'image/svg+xml')
  expect((await renderMessage(bytes, bytes.length, false))?.document).not.toContain('iVBORw0K')
})

it('has nothing to draw of a text, of a broken tree, or of a message that is too large', async () => {
  const text = octets(['From: a@b.test', '', 'text'])
  expect(await renderMessage(text, text.length, false)).toBeNull()
  expect(await renderMessage(text, parseLimit + 1, false)).toBeNull()
})

it('says what is cut: too many lines, or more characters than are drawn', async () => {
  const lines = related('<p>x</p>\r\n'.repeat(60_000))
  expect((await renderMessage(lines, lines.length, false))?.view.cut).toMatch(/^Cut: the last [\d.]+ KiB of [\d.]+ KiB are not drawn, as the message has too many lines\.$/u) // prettier-ignore
  const long = related(`${'x'.repeat(1000)}\r\n`.repeat(2200))
  expect((await renderMessage(long, long.length, false))?.view.cut).toMatch(/^Cut: only the first 2097152 of 22\d{5} characters are drawn\.$/u) // prettier-ignore
})
