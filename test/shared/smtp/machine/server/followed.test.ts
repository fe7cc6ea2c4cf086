import { expect, test } from 'vitest'
import type { Outgoing, Question } from '#shared/smtp/machine/types.ts'
import { serverPlay, type Happening } from '#test/support/smtp/playbook.ts'
import {
  bytes,
  decide,
  password,
  pump,
  serverOptions,
  text,
  tls,
  user,
  auth,
} from '#test/support/smtp/pump.ts'

const base64 = (value: string) => Buffer.from(value).toString('base64')
const plain = base64(`\0${user}\0${password}`)
const mail = 'MAIL FROM:<a@b.example>'
const rcpt = 'RCPT TO:<c@d.example>'

/** Plays these lines; the reply number `at` (0 is the greeting) becomes `said`, or is not said at all. */
function changed(lines: Happening[], at: number, said: string, change = {}) {
  // A gate sees every reply of both plays, whole and octet by octet: the ids begin anew.
  let count = -1
  const asked: Question[] = []
  const gate = (line: Outgoing) => {
    count = line.phase === 'banner' ? 0 : count + 1
    if (count !== at) return undefined
    return said === 'skip' ? ('skip' as const) : bytes(said)
  }
  const policy = (question: Question) => {
    asked.push(question)
    return decide(question)
  }
  // How much of a message over the limit is passed on before that is known depends on the cuts.
  return { ...serverPlay(change, lines, { gate, policy, abandoned: true }), asked }
}

test('550 to RCPT: the recipient is not in the envelope', () => {
  const { machine, codes } = changed(['EHLO me', mail, rcpt, 'DATA'], 3, '550 5.1.1 nobody\r\n')
  expect(machine.transaction?.to).toEqual([])
  expect(codes.slice(3)).toEqual(['550 5.1.1', '503 5.5.1'])
})

test('250 to a RCPT over the limit: the recipient is in the envelope', () => {
  const limits = { recipients: 1 }
  const { machine } = changed(
    ['EHLO me', mail, rcpt, 'RCPT TO:<e@f.example>'],
    4,
    '250 2.1.5 all right\r\n',
    { limits },
  )
  expect(machine.transaction?.to.map(({ address }) => address)).toEqual(['c@d.example', 'e@f.example'])
})

test.each(['550 5.7.1 no\r\n', 'skip'])('%s to MAIL: there is no transaction', (said) => {
  const { machine, codes } = changed(['EHLO me', mail, rcpt], 2, said)
  expect(machine.transaction).toBeNull()
  expect(codes.at(-1)).toBe('503 5.5.1')
})

test('250 to a MAIL that AUTH or TLS would be needed for: the transaction is open', () => {
  const required = { auth: { mechanisms: ['plain'], policy: 'required', onlyAfterTls: false } }
  for (const change of [required, { tls: 'required' }]) {
    const { machine } = changed(['EHLO me', `${mail} SIZE=5`], 2, '250 ok\r\n', change)
    expect(machine.transaction).toMatchObject({ from: 'a@b.example', to: [] })
  }
})

test('250 to a second MAIL: the new sender counts', () => {
  const { machine } = changed(['EHLO me', mail, 'MAIL FROM:<x@y.example>'], 3, '250 ok\r\n')
  expect(machine.transaction?.from).toBe('x@y.example')
})

test('503 to a second MAIL, as the machine says it, leaves the first', () => {
  const { machine } = changed(['EHLO me', mail, 'MAIL FROM:<x@y.example>'], 9, 'skip')
  expect(machine.transaction?.from).toBe('a@b.example')
})

test('5xx in place of 354: what follows are commands', () => {
  const { machine, codes } = changed(['EHLO me', mail, rcpt, 'DATA', 'RSET'], 4, '451 4.3.0 later\r\n')
  expect(codes.slice(4)).toEqual(['451 4.3.0', '250 2.0.0'])
  expect(machine.state).toBe('ready')
})

test('354 in place of 503: content comes, is read to its end and kept nowhere', () => {
  const { codes, machine, content } = changed(
    ['EHLO me', 'DATA', 'AUTH LOGIN\r\nQUIT\r\n.', 'NOOP'],
    2,
    '354 go\r\n',
  )
  expect([codes.slice(2), content, machine.accepted]).toEqual([['354', '554 5.5.1', '250 2.0.0'], '', 0])
  const early = changed(['DATA', 'x\r\n.', mail], 1, '354 go\r\n')
  expect([early.codes.slice(1), early.state]).toEqual([['354', '554 5.5.1', '503 5.5.1'], 'fresh'])
})

test('any 3xx is a go-ahead, because clients go by the first digit', () => {
  const { content } = changed(['EHLO me', mail, rcpt, 'DATA', 'x\r\n.'], 4, '355 hm\r\n')
  expect(content).toBe('x\r\n')
})

test('454 in place of 220: no TLS; and STARTTLS is taken at the next time', () => {
  const { state, machine } = changed(['EHLO me', 'STARTTLS', 'NOOP'], 2, '454 4.7.0 no\r\n', {
    tls: 'offered',
  })
  expect([state, machine.secured]).toEqual(['ready', null])
})

test('220 to a STARTTLS that came too early: TLS is made, where there is any', () => {
  expect(changed(['STARTTLS'], 1, '220 go\r\n', { tls: 'offered' }).machine.secured).toEqual(tls)
  expect(changed(['EHLO me', 'STARTTLS'], 2, '220 go\r\n', { tls: 'off' }).machine.secured).toBeNull()
})

test('535 in place of 235: not signed in; 235 in place of 535: signed in', () => {
  expect(changed(['EHLO me', `AUTH PLAIN ${plain}`], 2, '535 5.7.8 no\r\n').machine.user).toBeNull()
  const wrong = base64('\0x\0wrong')
  expect(changed(['EHLO me', `AUTH PLAIN ${wrong}`], 2, '235 2.7.0 yes\r\n').machine.user).toBe('x')
})

test('334 said by a person: the next line is a secret and shown to nobody', () => {
  for (const [lines, at] of [
    [['EHLO me', 'AUTH NOPE', plain, 'NOOP'], 2],
    [['EHLO me', `AUTH PLAIN ${plain}`, base64('more secret'), 'NOOP'], 2],
  ] as const) {
    const { notes, codes, machine } = changed([...lines], at, '334 \r\n')
    const all = notes.map((note) => ('shown' in note ? text(note.shown.bytes) : '')).join('')
    for (const secret of [plain, base64('more secret')]) expect(all).not.toContain(secret)
    expect(codes.slice(-2)).toEqual(['501 5.5.2', '250 2.0.0'])
    expect(machine.user).toBeNull()
  }
})

test('a challenge that a person takes back ends the exchange', () => {
  const { codes } = changed(['EHLO me', 'AUTH LOGIN', 'NOOP'], 2, '454 4.7.0 later\r\n')
  expect(codes.at(-1)).toBe('250 2.0.0')
})

test('a greeting that turns away: 503 to all but QUIT (RFC 5321 §3.1)', () => {
  const { codes, outcome } = changed(['EHLO me', 'NOOP', 'QUIT'], 0, '554 5.3.2 no service\r\n')
  expect(codes).toEqual(['554 5.3.2', '503 5.5.1', '503 5.5.1', '221 2.0.0'])
  expect(outcome?.how).toBe('completed')
})

test('an EHLO that was refused changes nothing: MAIL needs one still', () => {
  const { codes, machine } = changed(['EHLO me', mail], 1, '550 no\r\n')
  expect([codes.at(-1), machine.hello, machine.state]).toEqual(['503 5.5.1', null, 'fresh'])
})

test('a RSET that was refused leaves the transaction', () => {
  const { machine } = changed(['EHLO me', mail, 'RSET'], 3, '500 no\r\n')
  expect(machine.transaction).not.toBeNull()
})

test('a QUIT that is refused, or not answered, leaves the connection to the client', () => {
  for (const said of ['500 stay\r\n', 'skip']) {
    const gone: Happening = { type: 'ended', how: 'closed', message: '' }
    const { outcome } = changed(['EHLO me', 'QUIT', gone], 2, said)
    expect(outcome).toMatchObject({
      how: 'completed',
      by: 'client',
      message: expect.stringContaining('QUIT and closed'),
    })
  }
})

test('421 said by a person closes, whatever it answers', () => {
  const { outcome } = changed(['EHLO me', mail], 2, '421 4.3.2 gone\r\n')
  expect(outcome).toMatchObject({ how: 'closed', by: 'person' })
})

test('250 in place of a 421 that closes: it closes all the same', () => {
  const { outcome } = changed(['EHLO me', mail], 2, '250 ok\r\n', { limits: { transactions: 0 } })
  expect(outcome?.how).toBe('refused')
})

test('550 to the end of data: the message does not count as accepted', () => {
  const { machine } = changed(['EHLO me', mail, rcpt, 'DATA', 'x\r\n.'], 5, '550 5.7.1 no\r\n')
  expect(machine.accepted).toBe(0)
})

test('250 in place of the refusal of bare line ends: the message is kept after all, and no second reply is said', () => {
  const lines = ['EHLO me', mail, rcpt, 'DATA', 'a\nb\r\n.', 'NOOP']
  const { machine, asked, codes } = changed(lines, 5, '250 2.0.0 fine\r\n')
  expect(asked.at(-1)).toEqual({ kind: 'commit', size: 5, said: true })
  expect([machine.accepted, machine.state, codes.slice(5)]).toEqual([1, 'ready', ['250 2.0.0', '250 2.0.0']])
  expect(changed(lines, 9, 'skip').machine.accepted).toBe(0)
})

test('250 to content that was too big keeps nothing: it was never whole', () => {
  const lines = ['EHLO me', mail, rcpt, 'DATA', '0123456789\r\n.']
  const { asked, machine } = changed(lines, 5, '250 ok\r\n', { limits: { messageSize: 5 } })
  expect([asked.some(({ kind }) => kind === 'commit'), machine.accepted]).toEqual([false, 0])
})

test('a chunk that the client was told is refused ends the transaction; one not answered does not', () => {
  expect(changed(['EHLO me', mail, rcpt, 'BDAT 1', 'a'], 4, '452 no\r\n').machine.transaction).toBeNull()
  expect(changed(['EHLO me', mail, rcpt, 'BDAT 3', 'a'], 4, 'skip').machine.state).toBe('chunks')
})

test('half a reply decides nothing until its line has ended', () => {
  const { machine, said } = changed(['EHLO me', mail], 2, '250 ok')
  expect([machine.transaction, said.at(-1)]).toEqual([null, '250 ok'])
  // The client reads what follows as the rest of this line.
  const next = changed(['EHLO me', mail, mail], 2, '550-no\r\n550 ')
  expect(next.machine.transaction).toBeNull()
})

test('whatever a person answers, client and server agree on what was delivered', () => {
  const replies = ['250 ok\r\n', '450 no\r\n', '550 no\r\n', '354 go\r\n', '220 hm\r\n', '235 in\r\n']
  for (let at = 1; at < 9; at++) {
    for (const said of replies) {
      let count = -1
      const run = pump(
        { auth: auth('plain') },
        { server: serverOptions(), serverGate: () => (++count === at ? bytes(said) : undefined) },
      )
      const final = run.client.result().final
      const accepted = final !== null && final.code < 300
      // The pump commits before its gate is asked: what the client was told is what the machine counts.
      if (accepted && run.messages.length > 0) expect([at, said, run.server.accepted]).toEqual([at, said, 1])
      if (!accepted) expect([at, said, run.server.accepted]).toEqual([at, said, 0])
    }
  }
})

const insert = (said: string): Happening => ({ type: 'insert', bytes: bytes(said) })

test('what a person says beside the replies is the answer to what comes next, as a client reads it', () => {
  const refused = changed(['EHLO me', insert('550-n'), insert('o\r\n550 no\r\n'), mail], 9, 'skip')
  expect(refused.machine.transaction).toBeNull()
  // It stays one reply behind: 250 to MAIL is read as the answer to RCPT, the 503 to that is still to be read.
  const behind = changed(['EHLO me', insert('250 yes\r\n'), mail, rcpt], 3, '550 no\r\n')
  expect(behind.machine.transaction?.to).toHaveLength(1)
  const { machine } = changed(['EHLO me', insert('250 ahead\r\n')], 9, 'skip')
  expect([machine.codeIfSaid(bytes('550 no\r\n')), machine.state]).toEqual([250, 'ready'])
})

test('what is said ahead is bounded', () => {
  const ahead = bytes(`${'x'.repeat(1 << 20)}\r\n250 far behind\r\n`)
  const { machine } = changed([{ type: 'insert', bytes: ahead }], 9, 'skip')
  expect(machine.codeIfSaid(bytes('\r\n'))).toBe(0)
})
