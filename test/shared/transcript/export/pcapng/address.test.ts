import { describe, expect, test } from 'vitest'
import { addressOctets, endsOf } from '#shared/transcript/export/pcapng/address.ts'
import { connectEvent } from '#test/support/events.ts'
import { headOf } from '#test/support/pcapng.ts'

const hex = (octets: Uint8Array | null) => octets && Buffer.from(octets).toString('hex')

describe('addressOctets', () => {
  test.each([
    ['192.0.2.255', 'c00002ff'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['::', '0'.repeat(32)],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['mx.example', null],
    ['999.1.1.1', null],
    ['', null],
  ])('%s', (text, octets) => expect(hex(addressOctets(text))).toBe(octets))
})

describe('endsOf', () => {
  const local = { address: '198.51.100.7', port: 51_234 }

  test('a client session: this computer dialled the server', () => {
    const ends = endsOf(headOf(), connectEvent(1, { address: '203.0.113.25', port: 25, local }), 0)
    expect([hex(ends.client.address), ends.client.port]).toEqual(['c6336407', 51_234])
    expect([hex(ends.server.address), ends.server.port]).toEqual(['cb007119', 25])
    expect(ends.notes).toEqual([])
  })

  test('a server session: the client came to this computer', () => {
    const head = headOf({ role: 'server', host: '203.0.113.9', port: 2525 })
    const ends = endsOf(head, connectEvent(1, { address: '203.0.113.9', port: 40_000, local: { ...local, port: 2525 } }), 0) // prettier-ignore
    expect([hex(ends.client.address), ends.client.port]).toEqual(['cb007109', 40_000])
    expect([hex(ends.server.address), ends.server.port]).toEqual(['c6336407', 587])
    expect(ends.notes).toEqual([
      'The server’s port was 2525. It is written as 587, where Wireshark looks for SMTP.',
    ])
  })

  test('what is not known stands in documentation space, of the other end’s family', () => {
    const ends = endsOf(headOf(), connectEvent(1, { address: '2001:db8:9::1', family: 6 }), 3)
    expect(hex(ends.client.address)).toBe('20010db8000000000000000000000001')
    expect(ends.client.port).toBe(49_155)
    expect(ends.notes).toEqual([
      'The address of the client was not recorded; documentation addresses stand in.',
    ])
    const nothing = endsOf(headOf(), undefined, 0)
    expect([hex(nothing.client.address), hex(nothing.server.address)]).toEqual(['c0000201', 'c0000202'])
    expect(nothing.notes).toEqual([
      'The addresses of both ends were not recorded; documentation addresses stand in.',
    ])
  })

  test('two families never meet in one packet', () => {
    const ends = endsOf(headOf(), connectEvent(1, { address: '2001:db8:9::1', family: 6, local }), 0)
    expect(ends.client.address).toHaveLength(16)
  })
})
