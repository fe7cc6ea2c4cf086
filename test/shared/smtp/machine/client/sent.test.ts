import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { expectReply, follow, onSent } from '#shared/smtp/machine/client/sent.ts'
import type { Input, Outgoing } from '#shared/smtp/machine/types.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { bytes, clientOptions } from '#test/support/smtp/pump.ts'

function ready(): ClientCore {
  const core = new ClientCore(clientOptions())
  for (const on of ['opened', 'greeted', 'hello']) core.move(on)
  return core
}

const verbs = (core: ClientCore) => core.expected.map(({ verb }) => verb)

test.each([
  ['RSET\r\n', ['RSET']],
  ['noop\r\nnoop\r\n', ['NOOP', 'NOOP']],
  ['XYZZY\r\n', ['other']],
  ['MAIL FROM:broken\r\n', ['other']],
  ['half', []],
  ['BDAT 3\r\nabcNOOP\r\n', ['BDAT', 'NOOP']],
  ['BDAT 3 LAST\r\na', ['final']],
  ['NOOP\n', []],
])('what was sent as %j is answered as %j', (line, expected) => {
  const core = ready()
  follow(core, { name: 'insert' }, bytes(line))
  expect(verbs(core)).toEqual(expected)
})

test('half a line counts once the rest has followed', () => {
  const core = ready()
  follow(core, { name: 'mail' }, bytes('NO'))
  expect(verbs(core)).toEqual([])
  follow(core, { name: 'insert' }, bytes('OP\r\n'))
  expect(verbs(core)).toEqual(['NOOP'])
})

test('octets owed to a chunk are not commands', () => {
  const core = ready()
  follow(core, { name: 'insert' }, bytes('BDAT 6\r\nab'))
  follow(core, { name: 'insert' }, bytes('RSETNOOP\r\n'))
  expect(verbs(core)).toEqual(['BDAT', 'NOOP'])
})

test('what follows DATA in one edit waits for its reply', () => {
  const core = ready()
  follow(core, { name: 'insert' }, bytes('DATA\r\nNOOP\r\n'))
  expect([verbs(core), core.spill.length]).toEqual([['DATA'], 6])
})

test('an unfinished line is bounded', () => {
  const core = ready()
  follow(core, { name: 'insert' }, new Uint8Array(1 << 20).fill(65))
  expect(core.partial.length).toBe(65_536)
})

test('an unknown id changes nothing', () => {
  const core = ready()
  onSent(core, 99)
  expect(core.out).toEqual([])
})

test('waits follow the verb', () => {
  const core = ready()
  expectReply(core, 'final', true)
  expect(core.out).toEqual([{ type: 'arm', timer: 'body-end', ms: 600_000 }])
})

const start = [...hello('PIPELINING'), '250 ok']

test('MAIL turned into RSET or NOOP expects that reply, and pipelining pauses', () => {
  for (const verb of ['RSET', 'NOOP']) {
    const { said, result, machine } = clientPlay({}, start, {
      gate: (line) => (line.verb === 'MAIL' ? bytes(`${verb}\r\n`) : undefined),
    })
    expect(said.slice(1, 3)).toEqual([`${verb}\r\n`, 'RCPT TO:<b@example.org>\r\n'])
    expect([result.mail, machine.state]).toEqual([null, 'ready'])
  }
})

test('DATA after content: the end of data changed into something else keeps the server reading', () => {
  const { state } = clientPlay({}, [...hello(), '250 a', '250 b', '354 c'], {
    gate: (line) => (line.kind === 'body-end' ? bytes('\n.\r\n') : undefined),
  })
  expect(state).toBe('content')
})

test('commands behind an edited end of data are expected as commands', () => {
  const { outcome, said } = clientPlay(
    {},
    [...hello(), '250 a', '250 b', '354 c', '250 kept', '250 noop', '221 bye'],
    {
      gate: (line) => (line.kind === 'body-end' ? bytes('.\r\nNOOP\r\n') : undefined),
    },
  )
  expect([said.at(-1), outcome?.how]).toEqual(['QUIT\r\n', 'completed'])
})

test('a command that is released while a 334 is open is its response', () => {
  const core = ready()
  core.send(
    { name: 'mail' },
    {
      kind: 'command',
      phase: 'mail',
      bytes: bytes('MAIL FROM:<>\r\n'),
      shown: { bytes: bytes('MAIL FROM:<>\r\n'), masked: [] },
    },
  )
  core.challenged = true
  onSent(core, 1)
  expect([verbs(core), core.challenged]).toEqual([['AUTH'], false])
})

test('QUIT said by hand while the last chunk is held: both are answered in order', () => {
  const machine = createClientMachine(clientOptions({ chunking: true }))
  const lines: Outgoing[] = []
  const feed = (input: Input) => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'pull') feed({ type: 'content', bytes: bytes('x'), last: true })
      else if (effect.type === 'send' && effect.line.kind !== 'body')
        feed({ type: 'sent', id: effect.line.id })
      else if (effect.type === 'send') lines.push(effect.line)
    }
  }
  feed({ type: 'opened' })
  for (const reply of [...hello('CHUNKING'), '250 a', '250 b'])
    feed({ type: 'bytes', bytes: bytes(reply + '\r\n') })
  feed({ type: 'insert', bytes: bytes('QUIT\r\n') })
  feed({ type: 'sent', id: lines[0]!.id })
  expect(machine.state).toBe('quit')
  feed({ type: 'bytes', bytes: bytes('221 bye\r\n') })
  expect(machine.state).toBe('done')
})
