import { describe, expect, it } from 'vitest'
import { fromElsewhere, meantForUs } from '#engine/suiteApi/hostCheck.ts'

describe('the Host field', () => {
  it.each(['127.0.0.1:8026', 'localhost:8026', 'LOCALHOST:8026', '[::1]:8026', '192.168.0.9:8026'])('%s', (host) =>
    expect(meantForUs(host, 8026, [])).toBe(true),
  )
  it.each([undefined, '', 'evil.test:8026', '127.0.0.1', '127.0.0.1:9', '127.0.0.1:8026:1', 'a b', '[::1', 'localhost.evil.test:8026', '127.0.0.1.evil.test:8026'])(
    'not %s', (host) => expect(meantForUs(host, 8026, [])).toBe(false),
  )
  it('may be another name that a person has named, behind whatever port', () => {
    expect(meantForUs('relayscope:9999', 8026, ['relayscope'])).toBe(true)
    expect(meantForUs('localhost:9999', 8026, ['relayscope'])).toBe(true)
    expect(meantForUs('other:8026', 8026, ['relayscope'])).toBe(false)
    expect(meantForUs('localhost', 80, [])).toBe(true)
  })
}) // prettier-ignore

it('takes no page of another origin', () => {
  expect(fromElsewhere(undefined, 'localhost:8026')).toBe(false)
  expect(fromElsewhere('http://localhost:8026', 'localhost:8026')).toBe(false)
  expect(fromElsewhere('http://localhost:3000', 'localhost:8026')).toBe(true)
  expect(fromElsewhere('null', 'localhost:8026')).toBe(true)
  expect(fromElsewhere('https://localhost:8026', 'localhost:8026')).toBe(true)
})
