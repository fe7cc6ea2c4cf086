import {
  array,
  assert,
  constantFrom,
  integer,
  option,
  property,
  stringMatching,
  uniqueArray,
} from 'fast-check'
import { expect, test } from 'vitest'
import { clientHello } from '#shared/tls/clientHello.ts'
import { tlsVersions, versionNumber } from '#shared/tls/versions.ts'
import { readClientHello } from '#test/support/tls/scriptedTls.ts'

const random = new Uint8Array(32).fill(5)

test('asks for exactly one version, with the suites, groups and name given', () => {
  for (const version of tlsVersions) {
    const hello = readClientHello(
      clientHello({ version, suites: [0xc02f, 0x1301], groups: [29, 23], serverName: 'mx.example', random }),
    )
    expect(hello.version).toBe(version)
    if (version === 'SSLv3') {
      expect(hello.suites).toEqual([0xc02f, 0x1301, 0x00ff])
      expect(hello.extensions.size).toBe(0)
    } else {
      expect(hello.suites).toEqual([0xc02f, 0x1301])
      expect(hello).toMatchObject({ groups: [29, 23], serverName: 'mx.example' })
    }
    expect(hello.recordVersion).toBe(version === 'SSLv3' ? 0x0300 : 0x0301)
  }
})

test('TLS 1.3 is asked with an empty key share, and only for groups that it has', () => {
  const bytes = clientHello({ version: 'TLSv1.3', suites: [0x1301], groups: [22, 29, 1], random })
  const { extensions, groups, serverName } = readClientHello(bytes)
  expect(extensions.get(51)).toEqual(new Uint8Array([0, 0]))
  expect(groups).toEqual([29])
  expect(serverName).toBeUndefined()
  expect(extensions.get(43)).toEqual(new Uint8Array([2, 3, 4]))
})

test('renegotiation is answered for, by extension or by its suite in SSL 3.0', () => {
  expect(
    readClientHello(clientHello({ version: 'TLSv1.2', suites: [1], groups: [], random })).extensions.get(
      0xff01,
    ),
  ).toEqual(new Uint8Array([0]))
})

test('whatever is asked, every length is right, and none of the lengths that make some servers hang occurs', () => {
  assert(
    property(
      constantFrom(...tlsVersions),
      array(integer({ min: 1, max: 0xfffe }), { minLength: 1, maxLength: 126 }),
      uniqueArray(integer({ min: 1, max: 0xffff }), { maxLength: 50 }),
      option(stringMatching(/^[a-z]{1,60}\.example$/), { nil: undefined }),
      (version, suites, groups, serverName) => {
        const bytes = clientHello({ version, suites, groups, serverName, random })
        const hello = readClientHello(bytes)
        expect(hello.version && versionNumber(hello.version)).toBe(versionNumber(version))
        // The handshake message is what the record's header is not (RFC 7685 §1); SSL 3.0 has no extension to fill it.
        const message = bytes.length - 5
        if (version !== 'SSLv3') expect(message < 256 || message >= 512).toBe(true)
      },
    ),
  )
})
