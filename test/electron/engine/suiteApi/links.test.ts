import { assert as holds, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allLinks, linksIn, mostLinks } from '#engine/suiteApi/links.ts'

describe('web addresses in a text', () => {
  it.each([
    ['Go to https://x.test/confirm?token=a.b-c_d&n=1.', ['https://x.test/confirm?token=a.b-c_d&n=1']],
    ['(see http://x.test/a_(b)), or <https://y.test/>', ['http://x.test/a_(b)', 'https://y.test/']],
    ['HTTPS://X.test/A\nhttp://x.test/b\thttps://x.test/c', ['HTTPS://X.test/A', 'http://x.test/b', 'https://x.test/c']],
    ['"https://x.test/q" twice https://x.test/q!', ['https://x.test/q']],
    ['a nested https://x.test/?u=http://y.test/ is one', ['https://x.test/?u=http://y.test/']],
    ['http:// https:/// http httpx://x.test no', []],
    ['https://ü.test/ö', ['https://ü.test/ö']],
  ])('%s', (text, links) => expect(linksIn(text)).toEqual(links)) // prettier-ignore

  it('is bounded in number and in time, whatever stands there', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `http://x.test/${i}`).join(' ')
    expect(linksIn(many)).toHaveLength(mostLinks)
    expect(linksIn(`http://x${')'.repeat(1 << 20)}`)).toEqual(['http://x'])
    expect(linksIn('http://'.repeat(100_000)).length).toBeLessThan(mostLinks)
  })

  it('finds only what is an address', () => {
    holds(property(string(), (text) => linksIn(`http://x.test/${text}`).every((link) => URL.canParse(link))))
  })
})

it('puts those of the HTML first, with their words, and the others once', () => {
  const html = [{ text: 'Confirm', href: 'https://x.test/a' }]
  expect(allLinks(html, 'https://x.test/a or https://x.test/b')).toEqual([
    { text: 'Confirm', href: 'https://x.test/a' },
    { href: 'https://x.test/b' },
  ])
})
