import { describe, expect, it } from 'vitest'
import { addressProblem, hostOf, hostProblems, tidyHosts, urlProblem } from '#engine/suiteApi/allowed.ts'

const hosts = ['hooks.example.com', '10.0.0.5', '192.168.0.0/16', 'fd00::/8']

describe('where a webhook may be asked to go', () => {
  it.each([
    'http://127.0.0.1:3000/mail',
    'http://localhost/x?y=1',
    'https://[::1]:8443/',
    'http://127.8.9.1/',
    'https://hooks.example.com/a',
    'https://HOOKS.example.com./a',
    'http://10.0.0.5/',
    'http://192.168.7.7:81/',
    'http://[fd00::7]/',
  ])('%s', (url) => expect(urlProblem(url, hosts)).toBeNull())

  it.each([
    ['ftp://127.0.0.1/', 'no web address'],
    ['127.0.0.1', 'no web address'],
    [`http://127.0.0.1/${'x'.repeat(3000)}`, 'no web address'],
    ['http://me:pw@127.0.0.1/', 'password'],
    ['http://127.0.0.1/#x', '#'],
    ['http://example.com/', 'add example.com'],
    ['http://evil.hooks.example.com/', 'neither'],
    ['http://10.0.0.6/', 'neither'],
    // What browsers and node read as addresses in other clothes.
    ['http://0x0a000006/', '10.0.0.6'],
    ['http://167772166/', '10.0.0.6'],
    ['http://0.0.0.0/', 'neither'],
  ])('not %s', (url, words) => expect(urlProblem(url, hosts)).toContain(words))

  it('goes nowhere but to this computer while the list is empty', () => {
    expect(urlProblem('https://hooks.example.com/', [])).toContain('allowed hosts')
    expect(urlProblem('http://[::ffff:127.0.0.1]/', [])).toBeNull()
    expect(hostOf(new URL('http://[::1]:9/'))).toBe('::1')
  })
})

describe('what a name may stand for', () => {
  it.each([
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
    ['127.0.0.1', '::ffff:127.0.0.1'],
    ['hooks.example.com', '8.8.8.8'],
    ['hooks.example.com', '2606:4700::1111'],
    ['hooks.example.com', '10.0.0.5'],
    ['hooks.example.com', '192.168.3.4'],
    ['10.0.0.5', '10.0.0.5'],
  ])('%s at %s', (host, address) => expect(addressProblem(host, address, hosts)).toBeNull())

  it.each([
    ['localhost', '10.0.0.5', 'not this computer'],
    ['hooks.example.com', '127.0.0.1', 'no public address'],
    ['hooks.example.com', '::ffff:127.0.0.1', 'no public address'],
    ['hooks.example.com', '10.0.0.6', 'add 10.0.0.6'],
    ['hooks.example.com', '169.254.169.254', 'no public address'],
    ['hooks.example.com', 'fe80::1', 'no public address'],
    ['hooks.example.com', '0.0.0.0', 'no public address'],
    ['hooks.example.com', '224.0.0.1', 'no public address'],
    ['other.example.com', '8.8.8.8', 'no allowed host'],
    ['hooks.example.com', 'nonsense', 'no address'],
  ])('not %s at %s', (host, address, words) => expect(addressProblem(host, address, hosts)).toContain(words)) // prettier-ignore
})

describe('the list that a person types', () => {
  it('is tidied', () => expect(tidyHosts([' Hooks.Example.com', '[::1]', '[::1]'])).toEqual(['hooks.example.com', '::1'])) // prettier-ignore

  it.each(['hooks.example.com', 'ci', '10.0.0.5', '::1', '10.0.0.0/8', 'fd00::/8', 'a_b.test'])(
    '%s',
    (host) => expect(hostProblems([host])).toEqual([]),
  )

  it.each(['', 'http://x', 'a b', '*.example.com', '10.0.0.0/33', '1.2.3', 'x/24', '-a.test'])('not %s', (host) =>
    expect(hostProblems([host])).toMatchObject([{ field: 'allowedHosts[0]', value: host, message: expect.stringContaining('10.0.0.5') }]),
  ) // prettier-ignore
})
