import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { expectReply, follow, onSent } from '#shared/smtp/machine/client/sent.ts'
import type { Input, Outgoing } from '#shared/smtp/machine/types.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { auth, bytes, clientOptions, text } from '#test/support/smtp/pump.ts'

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

const lineEnd = (verb: string, end: string) => (line: Outgoing) =>
  line.verb === verb ? bytes(text(line.bytes).replace('\r\n', end)) : undefined

test.each(['\n', '\r'])('a MAIL that ends in %j and is answered was MAIL', (end) => {
  const { said, result, findings } = clientPlay({}, [...hello(), '250 sender', '250 recipient'], {
    gate: lineEnd('MAIL', end),
  })
  expect(said[1]).toMatch(/^MAIL FROM:<a@example\.org>[\n\r]$/)
  expect(said.slice(2)).toEqual(['RCPT TO:<b@example.org>\r\n', 'DATA\r\n'])
  expect([result.mail?.code, result.recipients[0]?.reply?.code, findings]).toEqual([250, 250, []])
})

test('nothing goes on the heels of a bare line end: the reply is waited for, with a limit', () => {
  const { said, effects } = clientPlay({}, hello('PIPELINING'), { gate: lineEnd('MAIL', '\n') })
  expect(said).toHaveLength(2)
  expect(effects.at(-1)).toMatchObject({ type: 'arm', timer: 'reply' })
})

test('a server that waits for the CRLF gets it by hand: one line then, one reply', () => {
  const crlf: Input = { type: 'insert', bytes: bytes('\r\n') }
  const { result, findings } = clientPlay({}, [...hello(), crlf, '250 sender', '250 recipient'], {
    gate: lineEnd('MAIL', '\n'),
  })
  // `MAIL FROM:<a@example.org>\n\r\n` is no MAIL by the grammar; what comes is an answer all the same.
  expect([result.mail, findings]).toEqual([null, []])
})

test('DATA and AUTH with a bare LF go on as they are', () => {
  const data = clientPlay({}, [...hello(), '250 a', '250 b', '354 c'], { gate: lineEnd('DATA', '\n') })
  expect(data.state).toBe('final')
  const signIn = clientPlay({ auth: auth('login') }, [...hello('AUTH LOGIN'), '334 ', '334 ', '235 in'], {
    gate: (line) => (line.kind === 'auth' ? bytes(text(line.bytes).replace('\r\n', '\n')) : undefined),
  })
  expect(signIn.machine.authenticated).toBe(true)
})

test('several bare-ended commands in one edit are as many replies', () => {
  const { findings, said } = clientPlay({}, [...hello(), '250 a', '250 b', '250 c', '250 d'], {
    gate: (line) => (line.verb === 'MAIL' ? bytes('NOOP\nRSET\nMAIL FROM:<x@y.example>\n') : undefined),
  })
  expect([findings, said.at(-1)]).toEqual([[], 'DATA\r\n'])
})
