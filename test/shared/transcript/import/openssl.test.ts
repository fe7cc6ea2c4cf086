import { expect, it } from 'vitest'
import { faultsOf, read, short, spoken } from './read.ts'
import { opensslStarttls } from './texts.ts'

it('reads the dialogue between the notes, and the handshake from them', () => {
  const imported = read(opensslStarttls)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('openssl')
  expect(faultsOf(opensslStarttls, imported)).toEqual([])
  expect(session.lines.unknown).toBe(0)
  expect(session.head).toMatchObject({ tls: 'starttls', times: 'none', title: 'Output of openssl s_client' })
  expect(spoken(session)).toEqual([
    'tls established TLSv1.3 TLS_AES_256_GCM_SHA384', '#C: ehlo EHLO me.test', '#S: ehlo 250-mx.peer.test / 250 AUTH PLAIN', '#C: auth AUTH PLAIN ••••••••',
    '#S: auth 235 2.7.0 Authentication successful', '#C: mail mail from:<a@b.test>', '#S: mail 250 2.1.0 Ok', '#C: rcpt rcpt to:<box@box.test>', '#S: rcpt 250 2.1.5 Ok',
    '#C: data data', '#S: data 354 End data with <CR><LF>.<CR><LF>', '#C: body 26 last', '#C: body .', '#S: body 250 2.0.0 Ok: queued as 1CDDA210533', '#C: quit quit', '#S: quit 221 2.0.0 Bye',
  ]) // prettier-ignore
  expect(JSON.stringify(session)).not.toMatch(/68C2BD34|AHVzZXIA/)
})

it('reads implicit TLS: the greeting comes inside', () => {
  const session = read('CONNECTED(00000003)\nNew, TLSv1.3, Cipher is X\nVerify return code: 0 (ok)\n---\n220 hi\nQUIT\nDONE\n').sessions[0]! // prettier-ignore
  expect(session.head).toMatchObject({ tls: 'implicit', port: 465 })
  expect(spoken(session)).toEqual(['tls established TLSv1.3 X', '#S: banner 220 hi', '#C: quit QUIT'])
})

it('takes host and port from the command', () => {
  const session = read('$ openssl s_client -connect mail.example:587 -starttls smtp\nCONNECTED(00000003)\n250 HELP\n').sessions[0]! // prettier-ignore
  expect(session.head).toMatchObject({ host: 'mail.example', port: 587, tls: 'starttls' })
})

it('tells a refused connection and a failed handshake', () => {
  const refused = read('40C7ECE3D07F0000:error:8000006F:system library:BIO_connect:Connection refused:x.c:117:calling connect()\nconnect:errno=111\n') // prettier-ignore
  expect(short(refused.sessions[0]!).slice(-2)).toEqual([
    'connect unknown:0 refused',
    'end refused by network',
  ])
  const failed = read('40D7AC6FF27F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:350:\nCONNECTED(00000003)\nno peer certificate available\n') // prettier-ignore
  expect(short(failed.sessions[0]!).slice(-2)).toEqual(['tls failed plain-answer', 'end failed by network'])
})

it('shows an unfinished block line by line, and never a private key', () => {
  const text = 'CONNECTED(00000003)\n-----BEGIN CERTIFICATE-----\nMIIB\n220 hi\n'
  expect(faultsOf(text, read(text))).toEqual([])
  const key =
    'CONNECTED(00000003)\n-----BEGIN PRIVATE KEY-----\nMIIBsecretkey\n-----END PRIVATE KEY-----\n220 hi\n'
  expect(JSON.stringify(read(key))).not.toContain('secretkey')
})

it('says that openssl itself took a line that begins with R, which was never sent', () => {
  const before =
    'CONNECTED(00000003)\nNew, TLSv1.3, Cipher is X\n---\n220 hi\nMAIL FROM:<a@b.example>\n250 ok\n'
  const error = '40D7AC6FF27F0000:error:0A00010A:SSL routines:SSL_renegotiate:wrong ssl version:x.c:2249:\n'
  for (const typed of ['RCPT TO:<c@d.example>\n', '']) {
    const text = `${before}${typed}RENEGOTIATING\n${error}`
    const imported = read(text)
    const session = imported.sessions[0]!
    expect(spoken(session).join('\n')).not.toContain('RCPT')
    const words = session.events.filter((event) => event.kind === 'remark' && event.text.startsWith('openssl itself took')) // prettier-ignore
    expect(words).toHaveLength(1)
    expect(words[0]).toMatchObject({ understood: true })
    expect(JSON.stringify(words[0])).toMatch(/-quiet.*rcpt to:/)
    expect(JSON.stringify(session.events)).toContain('wrong ssl version')
    expect(session.lines.unknown).toBe(0)
  }
})

it('masks an answer to a challenge that openssl took for a command', () => {
  const text =
    'CONNECTED(00000003)\nNew, TLSv1.3, Cipher is X\n---\n220 hi\nAUTH LOGIN\n334 VXNlcm5hbWU6\nRm9vYmFyYmF6\nRENEGOTIATING\n'
  expect(JSON.stringify(read(text))).not.toContain('Rm9vYmFyYmF6')
})
