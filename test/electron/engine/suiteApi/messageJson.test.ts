import { expect, it } from 'vitest'
import { messageJson, messagePath } from '#engine/suiteApi/messageJson.ts'
import type { MessagePart } from '#shared/rpc/contract/inbox.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { messageDetail } from '#test/support/mail.ts'
import { sessionsWith } from '#test/support/suiteApi/sessions.ts'

const part = (more: Partial<MessagePart>): MessagePart => ({ path: '1', depth: 0, type: 'text/html', encoding: '8bit', disposition: '', name: '', contentId: '', size: 1, encoded: 1, ...more }) // prettier-ignore

/** A contract that has one message with these parts. */
function client(parts: MessagePart[], content: Uint8Array, detail = messageDetail({ id: 'm.1', session: 'm' })) {
  const answers: Record<string, (given: { from: number; size: number }) => unknown> = {
    'inbox.get': () => detail,
    'inbox.parts': () => ({ parts, more: 3, problems: ['The tree is broken.'] }),
    'inbox.view': () => ({ remoteImages: 0, trackers: 0, removed: [], links: [{ text: 'Go', href: 'https://x.test/' }] }),
    'inbox.lint': () => ({ checks: [] }),
    'inbox.part': ({ from, size }) => ({ base64: Buffer.from(content.subarray(from, from + size)).toString('base64'), total: content.length }),
  }
  const call = (name: string, given: { from: number; size: number }) => Promise.resolve().then(() => answers[name]!(given))
  return { client: { call } as unknown as Pick<RpcClient, 'call'>, sessions: sessionsWith({}), answers }
} // prettier-ignore

it('reads the HTML in its charset, not the one that is attached', async () => {
  const parts = [
    part({ path: '1.1', disposition: 'attachment' }),
    part({ path: '1.2', charset: 'iso-8859-1' }),
  ]
  const json = await messageJson('m.1', client(parts, Buffer.from('Grüße', 'latin1')))
  expect(json).toMatchObject({
    html: 'Grüße',
    partsLeftOut: 3,
    links: [{ text: 'Go', href: 'https://x.test/' }],
  })
  expect(json.problems).toContain('The tree is broken.')
  expect(json.parts[1]?.href).toBe('/api/v1/messages/m.1/parts/1.2')
  expect(json.htmlNote).toBeUndefined()
})

it('says where a charset is not known, and where the HTML was cut', async () => {
  const long = Buffer.alloc(3 << 20, 'x')
  const json = await messageJson('m.1', client([part({ charset: 'klingon' })], long))
  expect(json.html).toHaveLength(2 << 20)
  expect(json.htmlNote).toMatch(/"klingon" is not known.*Cut after/)
})

it('gives of a message that is too large what there is', async () => {
  const given = client([], Buffer.alloc(0))
  given.answers['inbox.parts'] = () => {
    throw new RpcError('bad-argument', 'The message is too large.')
  }
  const json = await messageJson('m.1', given)
  expect(json).toMatchObject({ html: null, parts: [] })
  expect(json.problems).toContain('The message is too large.')
})

it('is no session that left no message', async () => {
  const given = client([], Buffer.alloc(0), messageDetail({ outcome: 'refused' }))
  await expect(messageJson('s', given)).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('/api/v1/sessions') })
}) // prettier-ignore

it('writes an id into a path', () => expect(messagePath('a/b.1')).toBe('/api/v1/messages/a%2Fb.1'))
