import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { Mechanism } from '#shared/smtp/machine/options.ts'
import type { Effect, Note, Outgoing } from '#shared/smtp/machine/types.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import {
  auth,
  bytes,
  clientOptions,
  hashes,
  password,
  pump,
  serverOptions,
  text,
  tls,
  user,
} from '#test/support/smtp/pump.ts'

const offer = hello('AUTH PLAIN LOGIN CRAM-MD5')
const play = (mechanism: 'auto' | Mechanism, replies: string[], rules = {}) =>
  clientPlay({ auth: auth(mechanism), transaction: null }, [...offer, ...replies], rules)

test('PLAIN with an initial response', () => {
  const { said, outcome, result, notes } = play('plain', ['235 2.7.0 ok', '221 bye'])
  expect(said[1]).toBe('AUTH PLAIN AHNvbWVvbmVAZXhhbXBsZS5vcmcAcGVuY2lsLWFuZC1wYXBlcg==\r\n')
  expect([outcome?.how, result.auth?.code, result.mechanism]).toEqual(['completed', 235, 'PLAIN'])
  const line = notes.find((note) => note.kind === 'line' && note.verb === 'AUTH')
  expect(line?.kind === 'line' && text(line.shown.bytes)).toBe('AUTH PLAIN ********\r\n')
})

test('LOGIN and CRAM-MD5 answer challenges', () => {
  expect(
    play('login', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok', '221 bye']).said.slice(1, 4),
  ).toEqual(['AUTH LOGIN\r\n', 'c29tZW9uZUBleGFtcGxlLm9yZw==\r\n', 'cGVuY2lsLWFuZC1wYXBlcg==\r\n'])
  const cram = play('cram-md5', ['334 PDEuMkBzPg==', '235 ok', '221 bye'])
  expect(cram.said[1]).toBe('AUTH CRAM-MD5\r\n')
  expect(cram.machine.authenticated).toBe(true)
})

test.each([
  ['535 5.7.8 no', 'auth-rejected'],
  ['454 4.7.0 later', 'auth-temporary'],
  ['534 5.7.9 weak', 'auth-too-weak'],
  ['538 5.7.11 encrypt', 'auth-needs-tls'],
  ['530 5.7.0 Must issue STARTTLS first', 'auth-needs-tls'],
  ['421 4.7.0 too many', 'auth-too-many'],
])('%s', (reply, code) => {
  const { findings, outcome, said } = play('plain', [reply, '221 bye'])
  expect([findings, outcome?.by]).toEqual([[code], 'server'])
  expect(said.slice(2)).toEqual(reply.startsWith('421') ? [] : ['QUIT\r\n'])
})

test('a broken challenge is answered with *, and no secret follows', () => {
  const { said, findings, outcome } = play('login', ['334 not base64!', '501 cancelled', '221 bye'])
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
  expect([findings, outcome?.how]).toEqual([['auth-mechanism-broken'], 'failed'])
})

test('a server that asks for ever is given up', () => {
  const { state, said } = play(
    'login',
    Array.from({ length: 20 }, () => '334 VXNlcm5hbWU6'),
  )
  expect(state).toBe('done')
  expect(said.length).toBeLessThan(8)
})

test('a skipped response cancels the exchange instead of letting a command become one', () => {
  const { said } = play('login', ['334 VXNlcm5hbWU6', '501 ok', '221 bye'], {
    gate: (line: Outgoing) => (line.kind === 'auth' && line.bytes.length > 20 ? 'skip' : undefined),
  })
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
})

test('an edited AUTH goes on with the mechanism that was really named', () => {
  const { said, result } = play('plain', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok', '221 bye'], {
    gate: (line: { verb?: string | undefined }) =>
      line.verb === 'AUTH' ? bytes('AUTH LOGIN\r\n') : undefined,
  })
  expect(said.slice(2, 4)).toEqual(['c29tZW9uZUBleGFtcGxlLm9yZw==\r\n', 'cGVuY2lsLWFuZC1wYXBlcg==\r\n'])
  expect(result.mechanism).toBe('LOGIN')
})

test('finish during an exchange cancels it first', () => {
  const { said } = clientPlay({ auth: auth('login'), transaction: null }, [
    ...offer,
    { type: 'finish' },
    '334 VXNlcm5hbWU6',
    '501 ok',
    '221 bye',
  ])
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
})

test('a password that the server echoes is masked in notes, findings and the result', () => {
  const { notes, result, outcome } = play('plain', [
    '535 bad pencil-and-paper cGVuY2lsLWFuZC1wYXBlcg==',
    '221 bye',
  ])
  const all = JSON.stringify([
    notes.map((note) => ('shown' in note ? text(note.shown.bytes) : note)),
    result,
    outcome,
  ])
  expect(all).not.toContain('pencil-and-paper')
  expect(all).not.toContain('cGVuY2ls')
})

test('nothing secret on a connection that is not protected or not verified', () => {
  const guarded = { auth: auth('plain', false), transaction: null }
  const clear = clientPlay(guarded, [...offer, '221 bye'])
  expect([clear.said.at(-1), clear.findings]).toEqual(['QUIT\r\n', ['auth-needs-tls']])
})

const sent = (effects: Effect[]) => effects.flatMap((effect) => (effect.type === 'send' ? [effect.line] : []))

test('TLS without a verified certificate is not enough either', () => {
  const machine = createClientMachine(clientOptions({ auth: auth('plain', false), tls: 'implicit' }))
  machine.handle({ type: 'opened', tls: { ...tls, verified: false } })
  const [ehlo] = sent(machine.handle({ type: 'bytes', bytes: bytes('220 hi\r\n') }))
  machine.handle({ type: 'sent', id: ehlo!.id })
  const effects = machine.handle({ type: 'bytes', bytes: bytes('250-x\r\n250 AUTH PLAIN\r\n') })
  expect(sent(effects).map((line) => line.verb)).toEqual(['QUIT'])
  expect(effects.find((effect) => effect.type === 'note' && effect.note.kind === 'finding')).toMatchObject({
    note: { code: 'auth-needs-tls', side: 'this-computer' },
  })
})

const all = { mechanisms: [...lowerNames], policy: 'required', onlyAfterTls: false } as const
const signIn = (change: object, server: object = {}) =>
  pump(
    { tls: 'implicit', auth: { ...auth('auto', true), ...change } },
    {
      server: serverOptions({
        tls: 'implicit',
        auth: { ...all, mechanisms: [...all.mechanisms] },
        ...server,
      }),
    },
  )

test.each(lowerNames)(
  '%s, with the first response and after a challenge: client and server agree',
  (mechanism) => {
    for (const initialResponse of ['on', 'off'] as const) {
      const { client, server, clientOutcome, said } = signIn({ mechanism, initialResponse })
      expect(clientOutcome?.how).toBe('completed')
      expect([client.authenticated, server.user, client.result().mechanism]).toEqual([true, user, mechanism.toUpperCase()]) // prettier-ignore
      const line = said.find((one) => one.startsWith('AUTH '))!
      const first = initialResponse === 'on' && mechanism !== 'login' && mechanism !== 'cram-md5'
      expect(line.trim().split(' ')).toHaveLength(first ? 3 : 2)
    }
  },
)

test('auto takes the strongest, and binds it to this connection', () => {
  expect(signIn({}).client.result().mechanism).toBe('SCRAM-SHA-256-PLUS')
  expect(signIn({ secret: 'token' }).client.result().mechanism).toBe('OAUTHBEARER')
  expect(signIn({ password: '', certificate: true }).client.result().mechanism).toBe('EXTERNAL')
})

test('a wrong password or token is refused, with its own finding', () => {
  for (const mechanism of ['scram-sha-1', 'scram-sha-256-plus'] as const) {
    const played = signIn({ mechanism, password: 'wrong' })
    expect([played.codes('client'), played.client.result().auth?.code]).toEqual([['auth-rejected'], 535])
  }
  for (const mechanism of ['xoauth2', 'oauthbearer'] as const) {
    const { codes, client, notes, clientOutcome } = signIn({ mechanism, password: 'wrong-token' })
    expect(client.authenticated).toBe(false)
    expect(notes.client.flatMap((note) => (note.kind === 'finding' ? [note.code] : []))).toEqual(['auth-token-rejected']) // prettier-ignore
    expect(clientOutcome?.message).toMatch(/\(the server said status (?:400|invalid_token)\)/)
    expect(codes).toBeDefined()
  }
})

test('no secret of any mechanism is in a note of either side', () => {
  for (const mechanism of lowerNames) {
    const { notes } = signIn({ mechanism })
    const shown = JSON.stringify([notes.client, notes.server].map((side) => side.map((note) => ('shown' in note ? text(note.shown.bytes) : note)))) // prettier-ignore
    expect(shown).not.toContain(password)
    const decoded = [...shown.matchAll(/[A-Za-z0-9+/=]{12,}/g)].map(([part]) => Buffer.from(part, 'base64').toString('latin1')) // prettier-ignore
    // Salt, rounds and nonces may be read; proofs of either side may not.
    for (const part of decoded) expect(part).not.toMatch(/(?:^|,)[vp]=|Bearer|pencil/)
  }
})

const nonce = 'rOprNGfwEbeRWgbNEkqO'
const fixed = { ...auth('scram-sha-256'), hashes: { ...hashes, nonce: () => nonce } }
const scram = (replies: string[]) =>
  clientPlay({ auth: fixed, transaction: null }, [...hello('AUTH SCRAM-SHA-256'), ...replies])

test('a server that lets the client in without proving itself is not believed', () => {
  const { findings, outcome, said } = scram(['235 2.7.0 welcome', '221 bye'])
  expect([findings, outcome?.how, said.at(-1)]).toEqual([['auth-server-unproven'], 'failed', 'QUIT\r\n'])
})

test('a number of rounds that would keep this computer busy is not followed', () => {
  const challenge = Buffer.from(`r=${nonce}12345678,s=AAAA,i=2000000000`).toString('base64')
  const { findings, said, notes } = scram([`334 ${challenge}`, '501 ok', '221 bye'])
  expect(JSON.stringify(notes)).toContain('2000000000 rounds')
  expect([findings, said[2]]).toEqual([['auth-mechanism-broken'], '*\r\n'])
})

test('a refusal inside SCRAM keeps its reason: the 501 answers the cancelling only', () => {
  const forged = pump(
    { tls: 'implicit', auth: auth('scram-sha-256') },
    {
      server: serverOptions({ tls: 'implicit', auth: { ...all, mechanisms: ['scram-sha-256'] } }),
      serverGate: (line) =>
        line.shown.masked.length > 0
          ? bytes(`334 ${Buffer.from('e=unknown-user').toString('base64')}\r\n`)
          : undefined,
    },
  )
  const { how, message } = forged.clientOutcome!
  expect([how, message]).toEqual([
    'refused',
    'SCRAM-SHA-256: the server refused inside the exchange with “unknown-user”.',
  ])
  expect([forged.codes('client'), forged.client.result().auth]).toEqual([['auth-rejected'], null])
})

test('a proof that is wrong is its own finding', () => {
  const forged = pump(
    { tls: 'implicit', auth: auth('scram-sha-256') },
    {
      server: serverOptions({ tls: 'implicit', auth: { ...all, mechanisms: ['scram-sha-256'] } }),
      serverGate: (line) =>
        line.shown.masked.length > 0
          ? bytes(`334 ${Buffer.from('v=AAAA').toString('base64')}\r\n`)
          : undefined,
    },
  )
  expect(forged.codes('client')).toEqual(['auth-server-unproven'])
  expect(forged.messages).toEqual([])
})

test('what is derived too late, after a person has answered or the end has begun, is of no use', () => {
  const machine = createClientMachine(clientOptions({ auth: auth('scram-sha-1'), transaction: null }))
  const said: string[] = []
  let derive: Extract<Effect, { type: 'derive' }> | undefined
  let mine = ''
  const feed = (input: Parameters<typeof machine.handle>[0]): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'derive') derive = effect
      if (effect.type !== 'send') continue
      const line = text(effect.line.bytes)
      said.push(line)
      mine ||= /r=(.*)$/.exec(Buffer.from(line.split(' ')[2] ?? '', 'base64').toString())?.[1] ?? ''
      feed({ type: 'sent', id: effect.line.id })
    }
  }
  feed({ type: 'opened' })
  for (const line of hello('AUTH SCRAM-SHA-1')) feed({ type: 'bytes', bytes: bytes(`${line}\r\n`) })
  const challenge = Buffer.from(`r=${mine}12345678,s=AAAA,i=4096`).toString('base64')
  feed({ type: 'bytes', bytes: bytes(`334 ${challenge}\r\n`) })
  expect(derive?.derivation).toMatchObject({ hash: 'sha1', iterations: 4096 })
  feed({ type: 'finish' })
  expect(said.at(-1)).toBe('*\r\n')
  feed({ type: 'derived', id: derive!.id, key: new Uint8Array(20) })
  expect(said.at(-1)).toBe('*\r\n')
})

test('a stronger mechanism that cannot be used is said', () => {
  const offered = hello('AUTH SCRAM-SHA-256-PLUS PLAIN')
  const { findings, said } = clientPlay({ auth: auth(), transaction: null }, [
    ...offered,
    '235 ok',
    '221 bye',
  ])
  expect([findings, said[1]?.slice(0, 10)]).toEqual([[], 'AUTH PLAIN'])
  const inside = {
    tls: 'implicit',
    auth: { ...auth(), channelBinding: 'tls-unique' },
    transaction: null,
  } as const
  expect(clientPlay(inside, [...offered, '235 ok', '221 bye']).findings).toEqual(['auth-weaker-chosen'])
})

const digest = (challenge: string): string =>
  Buffer.from(hashes.hmac('md5', bytes(password), bytes(challenge))).toString('hex')

const told = (note: Note): string => ('shown' in note ? text(note.shown.bytes) : JSON.stringify(note))

test('a proof that the server repeats is in nothing that is told: with the challenge a password is guessed from it', () => {
  const proof = digest('<1.2@s>')
  const line = Buffer.from(`${user} ${proof}`).toString('base64')
  const challenge = `334 ${Buffer.from('<1.2@s>').toString('base64')}`
  for (const repeated of [proof, line]) {
    const { notes, result, said } = play('cram-md5', [challenge, `535 5.7.8 wrong: ${repeated}`, '221 bye'])
    expect(said[2]).toBe(`${line}\r\n`)
    expect([...notes.map(told), JSON.stringify(result)].join('\n')).not.toContain(repeated)
  }
})

test('so with the proof of SCRAM', () => {
  const repeated: string[] = []
  const echo = pump(
    { tls: 'implicit', auth: auth('scram-sha-256') },
    {
      server: serverOptions({ tls: 'implicit', auth: { ...all, mechanisms: ['scram-sha-256'] } }),
      gate: (line) => {
        const said = Buffer.from(text(line.bytes), 'base64').toString()
        const proof = /^c=.*,p=(.*)$/.exec(said)?.[1]
        if (proof !== undefined) repeated.push(proof)
        return undefined
      },
      serverGate: (line) =>
        repeated.length > 0 && line.shown.masked.length > 0
          ? bytes(`535 5.7.8 wrong: ${repeated[0]!}\r\n`)
          : undefined,
    },
  )
  expect(repeated).toHaveLength(1)
  expect(echo.codes('client')).toEqual(['auth-rejected'])
  expect(echo.notes.client.map(told).join('\n')).not.toContain(repeated[0])
})
