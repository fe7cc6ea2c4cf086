import { assert, constantFrom, array, property } from 'fast-check'
import { expect, it } from 'vitest'
import { htmlLimit, safeHtml } from '#engine/message/safeHtml.ts'

const draw = (html: string, remote = false) =>
  safeHtml(html, { remote, inline: (id) => (id === 'logo@x' ? 'data:image/png;base64,AAAA' : null) })
const body = (html: string, remote = false) =>
  /<body>(.*)<\/body><\/html>$/su.exec(draw(html, remote).document)![1]!

it.each([
  ['plain', '<p class="a">Hi &amp; <b>there</b></p>', '<p class="a">Hi &amp; <b>there</b></p>'],
  ['a lone <', '1 < 2 <3', '1 &lt; 2 &lt;3'],
  ['scripts', '<script>alert(1)</script>x', 'x'],
  ['a script that hides its end', '<script>"</scr"+"ipt>"</SCRIPT >x', 'x'],
  ['handlers', '<div onclick="x()" onload=y style="color:red">t</div>', '<div style="color:red">t</div>'],
  ['forms, whose words stay', '<form action=//evil><input name=a>Name<button>Go</button></form>', 'NameGo'],
  ['frames', '<iframe src=//evil>x</iframe><object data=x>y</object><embed src=z>t', 't'],
  ['links and base', '<base href=//evil><link rel=preconnect href=//evil>t', 't'],
  ['refresh', '<meta http-equiv=refresh content="0;url=//evil">t', 't'],
  ['drawings', '<svg><script>x</script><a xlink:href="javascript:1">t</a></svg>u', 'u'],
  ['formulas', '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></math>u', 'u'],
  ['comments', 'a<!-- <b> --!> --><!--[if mso]><i>x</i><![endif]-->b', 'ab'],
  ['a short comment', 'a<!-->b', 'ab'],
  ['a style that would end itself', '<style>a{}</style ><p>x', '<style>a{}</style><p>x'],
  ['a style with markup', '<style><!-- <b>x --></style>', '<style>\\3c !-- \\3c b>x --></style>'],
  ['the body as a box', '<html><head><title>t</title></head><body bgcolor="#eee">x</body></html>', '<div bgcolor="#eee">x</div>'],
  ['an unknown element', '<blink><x-y>t</x-y></blink>', 't'],
  ['a name with a quote', '<p title=\'a"b<c>\'>t</p>', '<p title="a&quot;b&lt;c&gt;">t</p>'],
  ['a tag that never ends', 'x<p class="', 'x<p class="">'],
  ['raw text elements', '<xmp><img src=x></xmp><noscript><p title="</noscript><img src=x onerror=1>">t', '<img src="">t'],
])('%s', (_name, html, expected) => {
  if (_name === 'raw text elements') expect(body(html)).not.toContain('onerror')
  else expect(body(html)).toBe(expected)
}) // prettier-ignore

it('pictures: its own are shown, those from elsewhere are counted and fetched only when asked for', () => {
  const html = '<img src="cid:logo%40x"><img src="cid:none"><img src="https://a.test/1.png" width=80><img src="//b.test/2.gif" width=1 height=1><img src="http://c.test/3" style="display:none"><td background="http://d.test/4"><img src="javascript:1"><img src="data:text/html,x"><img srcset="https://e.test/5">' // prettier-ignore
  const { document, facts } = draw(html)
  expect(facts).toMatchObject({ remoteImages: 4, trackers: 2 })
  expect(document).toContain('<img src="data:image/png;base64,AAAA">')
  expect(document).not.toMatch(/https?:\/\/[abcde]\.test|javascript|text\/html/u)
  const loaded = body(html, true)
  expect(loaded).toContain('src="https://a.test/1.png"')
  expect(loaded).toContain('src="https://b.test/2.gif"')
  expect(loaded).toContain('background="http://d.test/4"')
  expect(loaded).not.toContain('e.test')
})

it('pictures, fonts and style sheets that its CSS names are counted too', () => {
  const { facts } = draw('<style>@import "https://a.test/s"; @font-face{src:url(//a.test/f)} b{background:url(http://a.test/1)}</style><p style="background-image:url(&quot;https://a.test/2&quot;)">t') // prettier-ignore
  expect(facts).toMatchObject({ remoteImages: 2, removed: { 'remote fonts': 1, 'links to style sheets': 1 } })
})

it('links lead nowhere; where they would lead is told', () => {
  const { document, facts } = draw('<a href="https://x.test/?a=1&amp;b=2">Go <b>on</b></a><a href="javascript:alert(1)">no</a><a href=" MAILTO:a@b.test">m</a>') // prettier-ignore
  expect(document).not.toMatch(/\shref=/u)
  expect(facts.links).toEqual([{ text: 'Go on', href: 'https://x.test/?a=1&b=2' }, { text: 'm', href: 'MAILTO:a@b.test' }]) // prettier-ignore
})

it('says what was left out', () => {
  expect(draw('<script></script><script></script><form><input></form><meta http-equiv=Refresh>').facts.removed).toEqual({ scripts: 2, forms: 1, 'form fields': 1, 'automatic redirections': 1 }) // prettier-ignore
})

it('is bounded and takes a line of open tags in its stride', () => {
  const long = '<p '.repeat(htmlLimit)
  expect(draw(long).document.length).toBeLessThan(htmlLimit * 2)
  expect(draw('<script>'.repeat(100_000)).facts.removed).toEqual({ scripts: 1 })
})

it('whatever is put together, no dangerous element or attribute comes out', () => {
  const pieces = ['<', '>', '"', "'", '</', '<!--', '-->', '<script', '<svg', '<style>', '</style>', '<a href=', '<img src=x onerror=a', ' onload=', '<iframe ', '<p title="', '<form>', '<base', 'javascript:', '=', '/', ' ', 'x', '\0', '<![CDATA[', ']]>', '&lt;', '<noscript>', '<math>', '<template>'] // prettier-ignore
  assert(
    property(array(constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const drawn = body(parts.join('')).replaceAll(/<style>[^<]*<\/style>/gu, '')
      const tags = drawn.match(/<[^>]*>/gu) ?? []
      return tags.every((tag) => !/^<(?:script|svg|iframe|form|base|math|template|noscript|style)|\son\w+=|\shref=/iu.test(tag.replaceAll(/"[^"]*"/gu, '""'))) // prettier-ignore
    }),
  )
})
