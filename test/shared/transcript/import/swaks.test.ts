import { expect, it } from 'vitest'
import { isSwaksLine, isSwaksMark } from '#shared/transcript/import/swaks.ts'
import { codes, commands, faultsOf, read, short, spoken } from './read.ts'
import { swaksTls } from './texts.ts'

it('reads a whole run: marks, TLS, secrets, content, the end', () => {
  const imported = read(swaksTls)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('swaks')
  expect(faultsOf(swaksTls, imported)).toEqual([])
  expect(session.lines.unknown).toBe(0)
  expect(session.head).toMatchObject({ host: '127.0.0.1', port: 587, tls: 'starttls', times: 'none', role: 'client' }) // prettier-ignore
  expect(commands(session)).toEqual([
    'EHLO',
    'STARTTLS',
    'EHLO',
    'AUTH',
    'MAIL',
    'RCPT',
    'RCPT',
    'DATA',
    'QUIT',
  ])
  expect(codes(session)).toEqual([220, 250, 220, 250, 334, 334, 235, 250, 550, 250, 354, 250, 221])
  expect(spoken(session)).toContain('tls established TLSv1.3 TLS_AES_256_GCM_SHA384')
  expect(spoken(session)).toContain('#C: body 25 last')
  expect(JSON.stringify(session)).not.toMatch(/c2VjcmV0|secret w0rd/)
})

it('reads several runs as several sessions', () => {
  const twice = read(`$ swaks -s 127.0.0.1\n${swaksTls}${swaksTls}`)
  expect(twice.sessions.map(({ head }) => head.id)).toEqual(['s1', 's2'])
  expect(short(twice.sessions[0]!)[0]).toMatch(/^\| \$ swaks/)
})

it('takes time lapses for times', () => {
  const { head, events } = read('=== Trying 127.0.0.1:25...\n=== response in 0.25s\n<-  220 hi\n -> QUIT\n=== response in 0.001s\n<-  221 bye\n').sessions[0]! // prettier-ignore
  expect(head.times).toBeUndefined()
  expect(events.filter(({ kind }) => kind === 'reply').map(({ at }) => at)).toEqual([250_000, 251_000])
})

it('hides a secret in a dump of the wire as well', () => {
  const text = '=== Trying 127.0.0.1:25...\n ~> AUTH PLAIN AHVzZXIAc2VjcmV0IHcwcmQ=\n  > 0000: 41 55 54 48  20 50                                      AUTH PLAIN AHVz\n<~  235 ok\n  > 0000: 51 55 49 54                                             QUIT\n' // prettier-ignore
  const session = read(text).sessions[0]!
  expect(session.lines.unknown).toBe(0)
  expect(JSON.stringify(session)).not.toContain('AHVz')
  expect(JSON.stringify(session)).toContain('51 55 49 54')
})

it('knows content that is only counted', () => {
  const session = read('=== Trying 127.0.0.1:25...\n -> DATA\n<-  354 go\n -> 12 lines sent\n<-  250 kept\n')
    .sessions[0]!
  expect(short(session).slice(-3)).toEqual(['| \u0020-> 12 lines sent', 'S: body 250 kept', 'end cancelled by this-computer']) // prettier-ignore
})

it('tells its marks from other lines', () => {
  expect([' -> EHLO', '<-  250 ok', '<** 550 no', '**> QUIT', '*** Error', '=== x'].every(isSwaksLine)).toBe(true) // prettier-ignore
  expect(['-> x', 'hello', '==='].some(isSwaksMark)).toBe(false)
})
