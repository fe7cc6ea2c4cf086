import { expect, it } from 'vitest'
import { isTelnetLine } from '#shared/transcript/import/telnet.ts'
import { codes, commands, faultsOf, only, read, short } from './read.ts'
import { telnetText } from './texts.ts'

it('reads a session that was typed, corrections and all', () => {
  const imported = read(telnetText)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('telnet')
  expect(faultsOf(telnetText, imported)).toEqual([])
  expect(session.lines.unknown).toBe(0)
  expect(session.head).toMatchObject({ host: 'mail.example.com', port: 25, times: 'none', tls: 'none' })
  expect(commands(session)).toEqual(['HELO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
  expect(codes(session)).toEqual([220, 250, 502, 334, 334, 535, 250, 250, 354, 250, 221])
  const said = short(session)
  expect(said).toContain('connect 192.0.2.25:25 connected')
  expect(said).toContain('C: ehlo helo me')
  expect(said).toContain('C: other XYZZY')
  expect(said).toContain('C: body 46 last')
  expect(said.at(-1)).toBe('end completed by client')
  expect(JSON.stringify(session)).not.toMatch(/hunter2|aHVudGVy|am9obg/)
})

it('tells a connection that was never made', () => {
  const session = only(
    'Trying 192.0.2.25...\ntelnet: Unable to connect to remote host: Connection refused\n220 x',
  )
  expect(short(session).slice(1, 2)).toEqual(['connect 192.0.2.25:25 refused'])
  expect(short(session).at(-1)).toBe('end refused by network')
})

it('tells a server that hung up', () => {
  expect(short(only('220 hi\nEHLO me\nConnection closed by foreign host.')).at(-1)).toBe(
    'end closed by server',
  )
})

it('shows what it does not understand as not understood', () => {
  const session = only('220 hi\nwhat is this\nQUIT\n221 bye')
  expect(short(session)).toContain('? what is this')
  expect(session.lines).toEqual({ understood: 3, unknown: 1 })
})

it.each(['Connection to h 25 port [tcp/smtp] succeeded!', 'Ncat: Connected to 192.0.2.1:25.', 'user@host:~$ nc -C h 25', 'telnet> quit', '^]'])('knows %j', (line) => {
  expect(isTelnetLine(line)).toBe(true)
}) // prettier-ignore

it.each(['EHLO me', 'Subject: telnet', '220 telnet ready'])('does not claim %j', (line) => {
  expect(isTelnetLine(line)).toBe(false)
})
