import { expect, it } from 'vitest'
import { mostHead, mostWhole, returnedPart } from '#engine/relay/reports/returnedPart.ts'
import { crlf, headOf, messageOf, octets } from './samples.ts'

const whole = crlf('Subject: a\n\nbody\n')

it('gives back the header with our trace in front, without the empty line', () => {
  const part = returnedPart('failed', messageOf(), { head: headOf() }, false)
  expect([part.type, part.encoding]).toEqual(['text/rfc822-headers', '7bit'])
  expect(part.bytes.toString()).toMatch(/^Received: from quay[^]*Message-ID: <tide-1@quay\.example>\r\n$/u)
})

it('gives back all of a message when RET=FULL asked for it, of a failure only', () => {
  const message = messageOf({ ret: 'FULL' })
  expect(returnedPart('failed', message, { head: headOf(), whole }, false).type).toBe('message/rfc822')
  expect(returnedPart('delayed', message, { head: headOf(), whole }, false).type).toBe('text/rfc822-headers')
  expect(returnedPart('failed', messageOf(), { head: headOf(), whole }, false).type).toBe('text/rfc822-headers') // prettier-ignore
})

it('gives back the header, and says so, of what is too long or cannot stand there unchanged', () => {
  const message = messageOf({ ret: 'FULL' })
  const kind = (bytes: Uint8Array, more = message) => returnedPart('failed', more, { head: headOf(), whole: bytes }, false) // prettier-ignore
  for (const bytes of [
    new Uint8Array(mostWhole + 1).fill(0x61),
    octets('a: b\n\nbare'),
    octets('a: é\r\n\r\n'),
  ]) {
    expect(kind(bytes).type).toBe('text/rfc822-headers')
    expect(kind(bytes).words).toContain('Only the header goes back')
  }
})

it('gives nothing back of a message that requires TLS but its name', () => {
  const message = messageOf({ ret: 'FULL', requireTls: true })
  const part = returnedPart('failed', message, { head: headOf(), whole }, false)
  expect(part.words).toContain('RFC 8689')
  expect(part.bytes.toString()).toBe(`Message-ID: ${message.messageId}\r\n`)
  for (const messageId of [undefined, '<a b@c>', '<a@b>\r\nX: y'])
    expect(returnedPart('failed', { ...message, messageId }, { head: headOf() }, false).bytes.length).toBe(0)
})

it('encodes UTF-8 where types of RFC 6533 may be used', () => {
  const message = messageOf({ ret: 'FULL', utf8: true })
  const utf8 = crlf('Subject: é\n\né\n')
  expect(returnedPart('failed', message, { head: utf8, whole: utf8 }, true)).toMatchObject({ type: 'message/global', encoding: 'quoted-printable' }) // prettier-ignore
  expect(returnedPart('failed', messageOf(), { head: utf8 }, true)).toMatchObject({ type: 'message/global-headers', encoding: 'quoted-printable' }) // prettier-ignore
  expect(returnedPart('failed', messageOf(), { head: utf8 }, false)).toMatchObject({ type: 'text/rfc822-headers', encoding: 'quoted-printable' }) // prettier-ignore
})

it('keeps each octet of a header with bare line ends or NUL', () => {
  for (const odd of ['a: b\nc: d\r\n', 'a: b\rc\r\n', 'a: \0\r\n'])
    expect(returnedPart('failed', messageOf(), { head: octets(odd) }, false).encoding).toBe('base64')
})

it('cuts a long header behind a field, and says so', () => {
  const head = crlf(`${`X-A: ${'b'.repeat(60)}\n `.repeat(2000)}\n`)
  const many = crlf(`X-A: ${'b'.repeat(60)}\n`.repeat(20_000))
  for (const long of [head, many]) {
    const part = returnedPart('failed', messageOf(), { head: long }, false)
    expect(part.bytes.length).toBeLessThanOrEqual(mostHead + 2)
    expect(part.words).toContain('only the first 64 KiB of it')
    expect(part.bytes.subarray(-2).toString()).toBe('\r\n')
  }
})
