import { expect, test } from 'vitest'
import { htmlToText } from '#engine/message/htmlText.ts'

test.each([
  ['<p>One</p><p>Two <b>bold</b></p>', 'One\n\nTwo bold'],
  ['a<br/>b<BR>c', 'a\nb\nc'],
  ['<style>p{}</style><script>alert(1)</script>x', 'x'],
  ['<head><title>t</title></head>body', 'body'],
  ['<!-- <b> --> kept', 'kept'],
  [
    '&lt;b&gt; &amp;&nbsp;&#65;&#x42; &unknown; &#0; &#xd800; &#x110000;',
    '<b> & AB &unknown; \ufffd \ufffd \ufffd',
  ],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['<td>a</td><td>b</td>', 'a b'],
  ['open <script>never closed', 'open'],
  ['open <!-- never closed', 'open'],
  ['open <b never closed', 'open'],
  ['<', '<'],
  ['', ''],
])('%j reads as %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test('hostile nesting is read in one pass', () => {
  expect(htmlToText('<'.repeat(300_000))).toHaveLength(300_000)
  expect(htmlToText('<b>'.repeat(300_000))).toBe('')
  expect(htmlToText(`${'<script>'.repeat(100_000)}x`)).toBe('')
})
