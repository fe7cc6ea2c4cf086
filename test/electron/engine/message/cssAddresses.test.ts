import { expect, it } from 'vitest'
import { cssAddresses } from '#engine/message/cssAddresses.ts'

const told = (css: string) => Object.values(cssAddresses(css)).join(' ')

it.each([
  ['background: url(https://a.test/1)', '1 0 0'],
  ['background:URL( "//a.test/1" )', '1 0 0'],
  [String.raw`background:u\72l(https://a.test/1)`, '1 0 0'],
  [String.raw`background:url(\68 ttp://a.test/1)`, '1 0 0'],
  [`background:url('http://a.test/1'), url(cid:x), url(data:image/png;base64,AA), url(local.png)`, '1 0 0'],
  ['background:image-set("https://a.test/1" 1x)', '1 0 0'],
  ['@import "https://a.test/s.css"; @import url(//a.test/t.css);', '0 0 2'],
  ['@font-face{font-family:x;src:url(https://a.test/f) , url(https://a.test/g)} p{background:url(//a.test/b)}', '1 2 0'],
  ['/* url(https://a.test/1) */ p{}', '0 0 0'],
  ['p{} /* url(https://a.test/1)', '0 0 0'],
  ['@font-face{src:url(https://a.test/f)', '0 1 0'],
  ['color:red', '0 0 0'],
])('%s', (css, expected) => expect(told(css)).toBe(expected)) // prettier-ignore

it.each(['/*', 'url(', '@font-face', '@import ', '\\', 'url("', '@import url('])('is one pass over two million octets of %s', (piece) => {
  const css = piece.repeat(Math.floor((2 << 20) / piece.length))
  expect(told(css)).toBe('0 0 0')
}) // prettier-ignore
