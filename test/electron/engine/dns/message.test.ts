import { decode, encode, type Packet } from 'dns-packet'
import { describe, expect, test } from 'vitest'
import { isAskable, printable, readAnswer, writeQuestion, type Question } from '#engine/dns/message.ts'

const question: Question = { name: 'example.org', type: 'MX', dnssec: false, unchecked: false, edns: true }
const answer = (more: Partial<Packet> = {}): Buffer =>
  encode({ type: 'response', id: 7, flags: 0x80, questions: [{ name: 'example.org', type: 'MX' }], ...more })

const referral = (more: Partial<Packet>): boolean => {
  const read = readAnswer(answer(more), 7, question)
  return read.kind === 'answer' && read.message.referral
}

describe('names', () => {
  test.each([['example.org', true], ['_25._tcp.mx.example.org', true], ['xn--bcher-kva.example', true], ['', false], ['a..b', false], ['a b.org', false], ['bücher.example', false], [`${'x'.repeat(64)}.org`, false], [Array.from({ length: 130 }, () => 'x').join('.'), false]])('%s: %s', (name, may) => {
    expect(isAskable(name)).toBe(may)
  }) // prettier-ignore
})

describe('a question', () => {
  test('wants recursion and says what fits into a datagram', () => {
    const packet = decode(Buffer.from(writeQuestion(7, question)))
    expect(packet).toMatchObject({ id: 7, flag_rd: true, flag_ad: false, flag_cd: false })
    expect(packet.questions).toMatchObject([{ name: 'example.org', type: 'MX', class: 'IN' }])
    expect(packet.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232, flag_do: false }])
  })
  test('asks for signatures, and for the data in spite of them', () => {
    const bits = decode(Buffer.from(writeQuestion(7, { ...question, dnssec: true, unchecked: true })))
    expect(bits).toMatchObject({ flag_ad: true, flag_cd: true, additionals: [{ flag_do: true }] })
  })
  test('does without EDNS', () => {
    expect(decode(Buffer.from(writeQuestion(7, { ...question, edns: false }))).additionals).toEqual([])
  })
})

describe('an answer', () => {
  test('is read, whatever the case of its name', () => {
    const mx = {
      type: 'MX',
      name: 'example.org',
      data: { preference: 5, exchange: 'mx.example.org' },
    } as const
    const read = readAnswer(answer({ questions: [{ name: 'EXAMPLE.org', type: 'MX' }], answers: [mx], flags: 0xa0 }), 7, question) // prettier-ignore
    expect(read).toMatchObject({ kind: 'answer', message: { rcode: 0, authentic: true, truncated: false, referral: false, answers: [{ data: mx.data }] } }) // prettier-ignore
  })
  test.each([
    ['another id', answer({ id: 8 })],
    ['a question', encode({ type: 'query', id: 7, questions: [{ name: 'example.org', type: 'MX' }] })],
    ['another name', answer({ questions: [{ name: 'example.com', type: 'MX' }] })],
    ['another type', answer({ questions: [{ name: 'example.org', type: 'A' }] })],
    ['another class', answer({ questions: [{ name: 'example.org', type: 'MX', class: 'CH' }] })],
    ['no question', answer({ questions: [] })],
    ['nothing', Buffer.alloc(0)],
    ['a head cut short', answer().subarray(0, 11)],
  ])('with %s is a stray', (_, bytes) => {
    expect(readAnswer(bytes, 7, question)).toEqual({ kind: 'stray' })
  })
  test('that is an error may lack its question', () => {
    expect(readAnswer(answer({ questions: [], flags: 5 }), 7, question)).toMatchObject({
      message: { rcode: 5 },
    })
  })
  test('that ends in the middle cannot be read; if it says so itself it is cut', () => {
    const whole = answer({ answers: [{ type: 'A', name: 'example.org', data: '192.0.2.1' }] })
    expect(readAnswer(whole.subarray(0, -2), 7, question)).toEqual({ kind: 'unreadable' })
    whole[2]! |= 0x02
    expect(readAnswer(whole.subarray(0, -2), 7, question)).toMatchObject({ message: { truncated: true } })
  })
  test('that claims tens of thousands of records is not even begun', () => {
    const bytes = answer()
    bytes.writeUInt16BE(65_535, 6)
    expect(readAnswer(bytes, 7, question)).toEqual({ kind: 'unreadable' })
  })
  test('whose name points to itself cannot be read', () => {
    const bytes = answer()
    bytes.writeUInt16BE(0xc00c, 12)
    expect(readAnswer(bytes, 7, question)).toEqual({ kind: 'unreadable' })
  })
  test('of any octets never throws', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const bytes = Buffer.from(answer({ answers: [{ type: 'MX', name: 'example.org', data: { exchange: 'x.example.org' } }] })) // prettier-ignore
      for (let k = 0; k < 4; k++)
        bytes[2 + ((seed * 31 + k * 17) % (bytes.length - 2))] = (seed * 7 + k * 101) & 0xff
      expect(['answer', 'stray', 'unreadable']).toContain(readAnswer(bytes, 7, question).kind)
    }
  })
  test('that only names other servers is a referral; one about a missing type is not', () => {
    const ns = { type: 'NS', name: 'org', data: 'a.org' } as const
    const soa = { type: 'SOA', name: 'org', data: { mname: 'a', rname: 'b' } } as const
    expect(referral({ authorities: [ns], flags: 0 })).toBe(true)
    expect(referral({ authorities: [ns], flags: 0x80 })).toBe(false)
    expect(referral({ authorities: [soa], flags: 0 })).toBe(false)
    expect(referral({ authorities: [ns], flags: 0x400 })).toBe(false)
  })
  test('may say more of its error', () => {
    const opt = { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 1, ednsVersion: 0, flags: 0, flag_do: false } as const // prettier-ignore
    const options = [{ code: 15 as 12, data: Buffer.from([0, 6, ...Buffer.from('bo\ngus')]) }]
    const read = readAnswer(answer({ flags: 2, additionals: [{ ...opt, options }] }), 7, question)
    expect(read).toMatchObject({ message: { rcode: 18, extended: { code: 6, text: 'bo?gus' } } })
  })
})

test('text of strangers is one printable line', () => {
  expect(printable(`a\r\n\u001b[31mé${'x'.repeat(500)}`)).toBe(`a???[31m?${'x'.repeat(191)}`)
})
