// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { svg } from '#shared/transcript/export/svg.ts'
import { answered, deliveryOf, eventsOf, headOf, said } from '#test/support/pcapng.ts'

const draw = (...args: Parameters<typeof svg.write>): string => [...svg.write(...args)].join('')
const hostile = '</text><script>alert(1)</script>&"\u0001\u202e]]>\ud800'

describe('svg', () => {
  test('is one picture with a name and a description, and needs nothing else', () => {
    const picture = draw(deliveryOf({ port: 587, tls: 'starttls' }), 'relayscope 9')
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">/)
    expect(picture).toContain('<title id="title">SMTP dialogue, mx.example port 587: Accepted, 250</title>')
    expect(picture).toMatch(/<desc id="description">.*Client, STARTTLS\./)
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /<script|https?:|@import|@font-face|href|url\((?!#)/,
    )
    expect(picture).toContain('Readable by anyone on the path')
    expect(picture).toContain('Sealed. Only the two ends can read this')
    expect(picture).toContain('url(#seam)')
  })

  test('no text of a peer becomes markup or leaves a character that XML forbids', () => {
    const events = eventsOf([answered(`220 ${hostile.slice(0, 30)}\u0000\u001b\r\n`), said('\u0007<b>\r\n')])
    const picture = draw({ head: headOf({ host: hostile, words: hostile }), events }, hostile)
    expect(picture).not.toContain('<script')
    // oxlint-disable-next-line no-control-regex -- control characters are looked for
    expect(picture).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e\ufffe\uffff]|[\ud800-\udfff]/)
    expect(new DOMParser().parseFromString(picture, 'image/svg+xml').querySelector('parsererror')).toBeNull()
  })

  test('a long dialogue is drawn to a bound; the rest is said and the end is there', () => {
    const events = eventsOf([
      ...Array.from({ length: 5000 }, () => said('NOOP\r\n')),
      {
        kind: 'end',
        phase: 'other',
        direction: 'none',
        outcome: 'closed',
        by: 'server',
        message: 'Hung up.',
      },
    ])
    const picture = draw({ head: headOf(), events }, 'p')
    expect(picture.match(/NOOP/g)!.length).toBeLessThan(600)
    expect(picture).toContain('4,601 further events are not drawn. The case file has them all.')
    expect(picture).toContain('Hung up.')
  })

  test('a line of megabytes costs no more than a long one', () => {
    const picture = draw({ head: headOf(), events: eventsOf([said('x'.repeat(10 << 20))]) }, 'p')
    expect(picture.length).toBeLessThan(20_000)
  })

  test('a session without events is a picture too', () => {
    expect(draw({ head: headOf(), events: [] }, 'p')).toMatch(/<\/svg>\n$/)
  })
})
