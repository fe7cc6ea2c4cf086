import { describe, expect, test, vi } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import { ServerCore } from '#shared/smtp/machine/server/core.ts'
import {
  clientEdges, clientStates, moveClient, moveServer, serverEdges, serverStates, type Edge,
} from '#shared/smtp/machine/table.ts' // prettier-ignore
import type { Input, Machine } from '#shared/smtp/machine/types.ts'
import { bytes, clientOptions, serverOptions, tls } from '#test/support/smtp/pump.ts'

const both: [string, Record<string, string>, readonly Edge[]][] = [
  ['client', clientStates, clientEdges],
  ['server', serverStates, serverEdges],
]

describe.each(both)('the %s table', (_, states, edges) => {
  test('says of every state what it is', () => {
    for (const words of Object.values(states)) expect(words).toMatch(/^[A-Z].{8,}\.$/)
  })

  test('names only known states, and each edge once', () => {
    for (const { from, to } of edges) expect([from in states, to in states]).toEqual([true, true])
    const names = edges.map(({ from, on }) => `${from} ${on}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('reaches every state from the first, and leaves each but the last', () => {
    const reached = new Set(['connecting'])
    for (const from of reached) for (const edge of edges) if (edge.from === from) reached.add(edge.to)
    expect([...reached].toSorted()).toEqual(Object.keys(states).toSorted())
    expect(Object.keys(states).filter((state) => !edges.some(({ from }) => from === state))).toEqual(['done'])
  })
})

test('an edge that is not in the table throws', () => {
  expect(() => moveClient('connecting', 'mail')).toThrow('no edge from connecting on mail')
  expect(() => moveServer('done', 'opened')).toThrow('no edge from done on opened')
  expect(() => moveServer('ready', 'toString')).toThrow('no edge')
})

/** The moves that the client really makes in these walks, as `from on`. */
function clientMoves(walk: () => void): Set<string> {
  const made = new Set<string>()
  const spy = vi.spyOn(ClientCore.prototype, 'move').mockImplementation(function (this: ClientCore, on) {
    made.add(`${this.state} ${on}`)
    this.state = moveClient(this.state, on)
  })
  walk()
  spy.mockRestore()
  return made
}

/** As `clientMoves`, for the server. */
function serverMoves(walk: () => void): Set<string> {
  const made = new Set<string>()
  const spy = vi.spyOn(ServerCore.prototype, 'move').mockImplementation(function (this: ServerCore, on) {
    made.add(`${this.state} ${on}`)
    this.state = moveServer(this.state, on)
  })
  walk()
  spy.mockRestore()
  return made
}

const names = (edges: readonly Edge[]): string[] => edges.map(({ from, on }) => `${from} ${on}`).toSorted()
const end: Input = { type: 'ended', how: 'closed', message: '' }

/** The client's own lines stay at the gate; everything is said by hand. A string with `>` is said, others are replies. */
function byHand(steps: (string | Input)[]): void {
  const machine = createClientMachine(clientOptions({ stopAfter: 'end' }))
  let inserting = false
  const feed = (input: Input) => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'send' && inserting) {
        inserting = false
        feed({ type: 'sent', id: effect.line.id })
      } else if (effect.type === 'secure') feed({ type: 'secured', tls })
    }
  }
  for (const step of steps) {
    if (typeof step !== 'string') feed(step)
    else if (step.startsWith('>')) {
      inserting = true
      feed({ type: 'insert', bytes: bytes(step.slice(1)) })
      inserting = false
    } else feed({ type: 'bytes', bytes: bytes(step + '\r\n') })
  }
}

test('the client really takes every edge of its table', () => {
  const open: (string | Input)[] = [{ type: 'opened' }]
  const fresh = [...open, '220 hi']
  const ready = [...fresh, '>EHLO x\r\n', '250 x']
  const envelope = [...ready, '>MAIL FROM:<a@b.example>\r\n', '250 ok']
  const chunks = [...ready, '>BDAT 1\r\na', '250 ok']
  const content = [...ready, '>DATA\r\n', '354 go']
  const final = [...content, '>.\r\n']
  const events = [
    ['>EHLO x\r\n', '250 x'], ['>MAIL FROM:<a@b.example>\r\n', '250 ok'], ['>RSET\r\n', '250 ok'], ['>DATA\r\n', '354 go'],
    ['>BDAT 1\r\na', '250 ok'], ['>BDAT 1 LAST\r\na', '250 ok'], ['>QUIT\r\n', '221 bye'], ['>STARTTLS\r\n', '220 go'],
    ['>STARTTLS\r\n', '454 no'], ['>AUTH PLAIN AGEAYg==\r\n', '235 ok'], [],
  ] // prettier-ignore
  const places = [[], open, fresh, ready, envelope, chunks, content, final]
  const tails: (string | Input)[][] = [['>STARTTLS\r\n'], ['>AUTH LOGIN\r\n'], ['>QUIT\r\n']]
  const made = clientMoves(() => {
    for (const place of places) for (const event of events) byHand([...place, ...event, end])
    for (const tail of tails) byHand([...ready, ...tail, end])
    byHand([...final, '250 ok', end])
    byHand([...fresh, '>EHLO x\r\nSTARTTLS\r\n', '250 x', '220 go', end])
    const handshake = new ClientCore(clientOptions())
    for (const on of ['opened', 'greeted', 'secure', 'over']) handshake.move(on)
  })
  expect(names(clientEdges).filter((edge) => !made.has(edge))).toEqual([])
})

/** `edited`: what a person says in place of the reply to the last command. */
function serve(steps: (string | Input)[], edited?: string): void {
  const options = serverOptions({ tls: 'offered', limits: { messageSize: 10 } })
  const machine: Machine = createServerMachine(options)
  const queue: Input[] = []
  let at = 0
  const feed = (input: Input) => {
    queue.push(input)
    for (let next = queue.shift(); next; next = queue.shift()) {
      for (const effect of machine.handle(next)) {
        if (effect.type === 'ask' && !(effect.question.kind === 'commit' && steps.includes('HOLD'))) {
          queue.push({ type: 'answer', id: effect.id, answer: { accept: true } })
        }
        if (effect.type === 'send') {
          const last = steps.slice(at + 1).every((step) => typeof step !== 'string' || step === '.')
          const changed = last && edited !== undefined ? { bytes: bytes(edited) } : {}
          queue.push({ type: 'sent', id: effect.line.id, ...changed })
        }
        if (effect.type === 'secure' && !steps.includes('HOLD')) queue.push({ type: 'secured', tls })
      }
    }
  }
  for (const [place, step] of steps.entries()) {
    at = place
    if (typeof step !== 'string') feed(step)
    else if (step !== 'HOLD')
      feed({ type: 'bytes', bytes: bytes(step.startsWith('=') ? step.slice(1) : step + '\r\n') })
  }
}

test('the server really takes every edge of its table', () => {
  const fresh: (string | Input)[] = [{ type: 'opened' }]
  const ready = [...fresh, 'EHLO x']
  const envelope = [...ready, 'MAIL FROM:<a@b.example>']
  const addressed = [...envelope, 'RCPT TO:<c@d.example>']
  const chunks = [...addressed, 'BDAT 1', '=a']
  const data = [...addressed, 'DATA']
  const events = [['EHLO x'], ['RSET'], ['RCPT TO:<c@d.example>'], ['BDAT 1', '=a'], ['BDAT 1 LAST', '=a'], ['AUTH LOGIN', '*'], ['AUTH LOGIN'], ['STARTTLS'], []] // prettier-ignore
  const made = serverMoves(() => {
    for (const place of [[], fresh, ready, envelope, addressed, chunks, data]) {
      for (const event of events) serve([...place, ...event, end])
    }
    serve([...addressed, 'BDAT 5', '=a', end])
    serve([...ready, 'STARTTLS', 'HOLD', end])
    for (const content of ['ok\r\n.', 'a\nb\r\n.', '0123456789abc', '0123456789abc\r\n.'])
      serve([...data, content, end])
    serve([...data, 'ok\r\n.', 'HOLD', end])
    // A person says yes where the machine would refuse.
    for (const place of [fresh, ready, envelope, addressed, chunks]) {
      serve([...place, 'DATA', '.', end], '354 go\r\n')
      serve([...place, 'STARTTLS', end], '220 go\r\n')
      serve([...place, 'MAIL FROM:<x@y.example>', end], '250 ok\r\n')
    }
    serve(
      [...ready, 'MAIL FROM:<a@b.example> BODY=BINARYMIME', 'RCPT TO:<c@d.example>', 'DATA', '.', end],
      '354 go\r\n',
    )
  })
  expect(names(serverEdges).filter((edge) => !made.has(edge))).toEqual([])
})
