import { expect, it } from 'vitest'
import { formMessage } from '#engine/httpApi/formMessage.ts'

const form = (fields: Record<string, string>, files: { name: string; filename: string; data: Uint8Array }[] = []) =>
  formMessage({ fields: Object.entries(fields).map(([name, value]) => ({ name, value })), files }) // prettier-ignore

it('makes a message of the fields, and names what it does not act on', () => {
  const data = Buffer.from('hi')
  const read = form(
    { from: 'A <a@x.test>', to: 'b@y.test', cc: 'c@y.test', subject: 'S', text: 'T', 'h:X-One': '1', 'h:Reply-To': 'r@x.test', 'o:tag': 't', 'v:a': '1' },
    [{ name: 'inline', filename: 'pic.png', data }],
  ) // prettier-ignore
  expect(read).toEqual({
    ok: true,
    brought: {
      message: {
        from: 'A <a@x.test>',
        to: ['b@y.test'],
        cc: ['c@y.test'],
        bcc: [],
        replyTo: ['r@x.test'],
        subject: 'S',
        text: 'T',
        headers: [{ name: 'X-One', value: '1' }],
        attachments: [{ name: 'pic.png', base64: 'aGk=', inline: 'pic.png' }],
      },
      unused: ['o:tag', 'v:a'],
    },
  })
})

it.each([
  [{ to: 'a', text: 'x' }, 'from is missing'],
  [{ from: 'a', text: 'x' }, 'to is missing'],
  [{ from: 'a', to: ' ', text: 'x' }, 'to is missing'],
  [{ from: 'a', to: 'b' }, 'text and html'],
])('refuses %j', (fields, words) => {
  expect(form(fields)).toMatchObject({
    ok: false,
    refusal: { status: 400, message: expect.stringContaining(words) },
  })
})

it('refuses a file in a field of another name', () => {
  const read = form({ from: 'a', to: 'b', text: '' }, [
    { name: 'file', filename: 'x', data: Buffer.from('') },
  ])
  expect(read).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('"file"') } })
})
