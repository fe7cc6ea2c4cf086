import { expect, test } from 'vitest'
import { Maker, type MakerDeps } from '#engine/many/maker.ts'
import { composeMessage } from '#engine/message/compose.ts'
import type { Order } from '#engine/dialogue/driverParts.ts'
import { Message } from '#shared/rpc/contract/message.ts'
import type { z } from 'zod'

const transaction: MakerDeps['transaction'] = (source, { from, to }) => ({
  from, fromParameters: [], to: to.map((address) => ({ address, parameters: [] })), size: source.size, eightBit: source.eightBit, utf8: source.utf8,
}) // prettier-ignore

async function open(change: Partial<z.input<typeof Message>>) {
  const message = Message.parse({ from: 'a@x.test', to: ['b@x.test'], subject: 's', text: 't', ...change })
  const compose: MakerDeps['compose'] = (context) => composeMessage(message, context)
  const opened = await Maker.open({ compose, transaction, now: () => new Date('2026-05-06T07:08:09Z') })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.maker
}

async function read({ content }: Order, max = 65_536): Promise<string> {
  const parts: Uint8Array[] = []
  for (let i = 0; i < 1000; i++) {
    const stretch = await content.read(max)
    parts.push(stretch.bytes)
    if (stretch.last) return Buffer.concat(parts).toString('latin1')
  }
  throw new Error('no end')
}

test('each message has its own number, uuid, date and Message-ID without being composed anew', async () => {
  const maker = await open({ subject: 'No. {{n}}', text: 'n={{n}} uuid={{uuid}}', variables: {} })
  expect(maker.patched).toBe(true)
  const texts = await Promise.all([1, 2, 999_999].map(async (n) => read(await maker.make(n))))
  expect(texts.map((text) => /Subject: (.*)\r/.exec(text)?.[1])).toEqual(['No. 1', 'No. 2', 'No. 999999'])
  expect(texts[2]).toContain('n=999999 uuid=')
  expect(texts[0]).toContain('Date: Wed, 06 May 2026 07:08:09 +0000')
  expect(new Set(texts.map((text) => /Message-ID: (.*)\r/i.exec(text)?.[1])).size).toBe(3)
})

test('the declared size is that of the octets, in stretches of any length', async () => {
  const maker = await open({ subject: '{{n}}', text: 'line\n'.repeat(40_000), variables: {} })
  for (const n of [1, 1_000_000]) {
    const order = await maker.make(n)
    const text = await read(order, 1000)
    expect([order.content.size, order.transaction.size]).toEqual([text.length, text.length])
    expect(await read(await maker.make(n), 65_536)).toHaveLength(text.length)
  }
})

test('addresses may differ too', async () => {
  const maker = await open({ to: ['user{{n}}@x.test'], variables: {} })
  const order = await maker.make(77)
  expect(order.transaction.to.map(({ address }) => address)).toEqual(['user77@x.test'])
  expect(await read(order)).toContain('user77@x.test')
})

test.each([
  ['base64', { text: '{{n}} é', encoding: 'base64' as const, variables: {} }],
  [
    'a word that is folded elsewhere',
    { subject: `${'word '.repeat(14)}{{n}} ${'x'.repeat(70)}`, variables: {} },
  ],
])('where filling in is not enough, each is composed: %s', async (_, change) => {
  const maker = await open(change)
  const [one, two] = [await read(await maker.make(1)), await read(await maker.make(2))]
  expect(one).not.toBe(two)
  if (maker.patched) return
  expect(one.length).toBeGreaterThan(50)
})

test('octets that are given raw are sent as they are, each time', async () => {
  const raw = Buffer.from('Subject: {{n}}\r\n\r\nhello\r\n')
  const maker = await open({ raw: raw.toString('base64') })
  expect(maker.patched).toBe(true)
  expect(await read(await maker.make(5))).toBe(raw.toString())
  expect(await read(await maker.make(6), 7)).toBe(raw.toString())
})

test('what cannot be composed is refused by its field', async () => {
  const message = Message.parse({ from: 'nobody', to: [] })
  const compose: MakerDeps['compose'] = (context) => composeMessage(message, context)
  const opened = await Maker.open({ compose, transaction, now: () => new Date() })
  expect(opened.ok ? [] : opened.problems.map(({ field }) => field)).toContain('message.from')
})
