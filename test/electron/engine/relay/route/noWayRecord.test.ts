import { expect, test } from 'vitest'
import { recordNoWay } from '#engine/relay/route/noWayRecord.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

const text = 'MX x.example, asked of 192.0.2.1: the name server failed'
const noWay = {
  host: 'x.example',
  port: 25,
  domain: 'x.example',
  events: [{ kind: 'remark', phase: 'dns', direction: 'none', understood: true, text }],
  words: 'DNS gave no answer for the MX of x.example.',
} as const

test('what was asked, then what was made of it', () => {
  const hub = memoryHub()
  const session = recordNoWay(hub, noWay)
  const { head, events } = hub.sessions.get(session!)!
  expect(head).toMatchObject({ source: 'relay', host: 'x.example', port: 25, title: 'To x.example: no way was found' }) // prettier-ignore
  expect(events).toMatchObject([{ kind: 'remark', text }, { kind: 'end', outcome: 'failed', message: noWay.words }]) // prettier-ignore
})

test('while the program stops there is none', () => {
  const stopping = {
    begin: () => {
      throw new Error('stopping')
    },
  }
  expect(recordNoWay(stopping, noWay)).toBeUndefined()
})
