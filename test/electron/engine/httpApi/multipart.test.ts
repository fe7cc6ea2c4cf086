import { assert as holds, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundaryOf, mostParts, readMultipart } from '#engine/httpApi/multipart.ts'

const body = (...parts: string[]) =>
  Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`, 'latin1')
const field = (name: string, value: string) =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`
const words = (octets: Buffer) => {
  const read = readMultipart(octets, 'b')
  return read.ok ? '' : read.message
}

describe('multipart/form-data', () => {
  it('reads names, file names with quotes, types and octets', () => {
    const file = `content-disposition: FORM-DATA; name="attachment"; filename="a%22b\\".bin"\r\nContent-Type: application/x\r\n\r\n\0\xff\r\n--c`
    const read = readMultipart(body(field('to', 'a@b.test'), file), 'b')
    expect(read).toMatchObject({
      ok: true,
      parts: [{ name: 'to' }, { name: 'attachment', filename: 'a"b".bin', type: 'application/x' }],
    })
    if (read.ok) expect(Buffer.from(read.parts[1]!.data).toString('latin1')).toBe('\0\xff\r\n--c')
  })

  it('passes over a preamble and white space behind a boundary', () => {
    const octets = Buffer.from(`preamble\r\n--b \t\r\n${field('x', '1')}\r\n--b--`)
    expect(readMultipart(octets, 'b')).toMatchObject({ ok: true, parts: [{ name: 'x' }] })
    expect(readMultipart(Buffer.from('--b--'), 'b')).toEqual({ ok: true, parts: [] })
  })

  it('says what is wrong', () => {
    expect(words(Buffer.from('nothing'))).toContain('does not hold the boundary')
    expect(words(Buffer.from('--bx\r\n'))).toContain('not at the end of its line')
    expect(words(Buffer.from(`--b\r\n${field('x', '1')}`))).toContain('closing boundary')
    expect(words(body('X: y\r\n\r\n1'))).toContain('no name')
    expect(words(body(`${'x'.repeat(9000)}\r\n\r\n1`))).toContain('8192')
    expect(words(body('Content-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: base64\r\n\r\n1'))).toContain('base64') // prettier-ignore
    const many = Array.from({ length: mostParts + 1 }, () => field('x', '1'))
    expect(words(body(...many))).toContain(`more than ${mostParts}`)
  })

  it('finds the boundary in a header value', () => {
    expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc')
    expect(boundaryOf('multipart/form-data; charset=x; boundary="a b"')).toBe('a b')
    expect(boundaryOf('multipart/form-data')).toBeNull()
  })

  it('never throws and never hangs', () => {
    holds(
      property(uint8Array({ maxLength: 300 }), (octets) => Boolean(readMultipart(Buffer.from(octets), 'b'))),
    )
    holds(property(string(), (text) => Boolean(readMultipart(body(text, field(text, text)), 'b'))))
  })
})
