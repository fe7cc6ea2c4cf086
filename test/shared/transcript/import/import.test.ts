import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importingText, importText } from '#shared/transcript/import/import.ts'
import { faultsOf, now, read } from './read.ts'
import { opensslStarttls, postfixVerbose, swaksTls, telnetText } from './texts.ts'

const b64 = (text: string): string => Buffer.from(text).toString('base64')
const texts = { swaksTls, opensslStarttls, postfixVerbose, telnetText }

it.each([
  ['', 'The text is empty.'],
  ['lorem ipsum', 'No line of this looks like SMTP'],
  [String.fromCharCode(...Array.from({ length: 500 }, (_, n) => n % 32)), 'binary octets'],
  ['{"format":"relayscope-transcript"', 'case file'],
])('answers %j in words', (text, words) => {
  const { form, sessions, problems } = importText(text, { now })
  expect([form, sessions]).toEqual([null, []])
  expect(problems[0]?.message).toContain(words)
})

it('reads what can be read of a text with a line of ten million characters, and says the rest', () => {
  const text = `${swaksTls} ~> ${'x'.repeat(10_000_000)}\n<~  500 what\n`
  const imported = read(text)
  expect(faultsOf(text, imported)).toEqual([])
  expect(imported.problems).toEqual([{ line: 40, message: 'The line has 10,000,004 characters; the first 65,536 were kept.' }]) // prettier-ignore
})

it.each(Object.entries(texts))('reads %s with a step for each line at least', (_name, text) => {
  const shares = [...importingText(text, { now })]
  expect(shares.length).toBeGreaterThanOrEqual(text.split('\n').length - 1)
  expect([shares[0], shares.at(-1)]).toEqual([0, 1])
})

describe('whatever is pasted', () => {
  const pieces = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Object.values(texts).flatMap((text) => text.split('\n'))) },
      { weight: 2, arbitrary: fc.string({ maxLength: 80 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
      { weight: 1, arbitrary: fc.constantFrom('.', '', '354 go', '334 ', 'DATA', 'AUTH LOGIN', '*', '---', '-----BEGIN CERTIFICATE-----', '\b\b\b', '\u001b[') },
    ),
    { maxLength: 60 },
  ) // prettier-ignore

  it('never throws, loses no line and fits the schema', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end)
        const imported = importText(text, { now })
        if (imported.form !== null) expect(faultsOf(text, imported)).toEqual([])
        else expect(imported.problems).not.toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('is read step by step as at once, however the steps are spread; the share that is read only grows', () => {
    fc.assert(
      fc.property(pieces, fc.nat({ max: 50 }), (lines, mostAtOnce) => {
        const text = lines.join('\n')
        const steps = importingText(text, { now })
        const others = importingText(swaksTls, { now })
        const shares = [0]
        let step = steps.next()
        for (let turn = 1; step.done !== true; turn++) {
          shares.push(step.value)
          // Another reading has its turns in between: what a reading knows is its own.
          if (turn % (mostAtOnce + 1) === 0) others.next()
          step = steps.next()
        }
        expect(step.value).toEqual(importText(text, { now }))
        expect(shares).toEqual(shares.toSorted((a, b) => a - b))
        expect(shares.at(-1)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 200 },
    )
  })

  it('takes as long as it is long', () => {
    for (const piece of [
      ' ',
      '-',
      '250-',
      '=== ',
      'AUTH ',
      '\b',
      '\u001b[',
      'a=',
      '[',
      'x:',
      '(',
      "b'\\",
      '> ',
      'password = ',
      '--pass',
      'smtp://',
      "'",
    ]) {
      // prettier-ignore
      const line = piece.repeat(Math.ceil(20_000 / piece.length))
      const text = [swaksTls, opensslStarttls, postfixVerbose, telnetText].map(
        (lines) => `${lines}${line}\n${line}`,
      )
      for (const one of text) expect(read(one).sessions.length).toBeGreaterThan(0)
    }
  })
})

describe('no secret passes', () => {
  const password = fc.string({ unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789!#%&*+/'.split('')), minLength: 10, maxLength: 24 }).filter((text) => !/^[*]+$/.test(text)) // prettier-ignore
  const form = fc.constantFrom('plain', 'plainLater', 'login', 'cram', 'command', 'equals', 'decoded', 'dump')

  /** Lines of a client and a server as one program writes them. */
  const written: Record<string, (client: string, server: string) => string> = {
    swaks: (client, server) => ` ~> ${client}\n<~  ${server}`,
    marked: (client, server) => `C: ${client}\nS: ${server}`,
    telnet: (client, server) => `${client}\n${server}`,
    postfix: (client, server) => `Nov 22 02:17:45 mx postfix/smtpd[1]: < h[192.0.2.1]: ${client}\nNov 22 02:17:45 mx postfix/smtpd[1]: > h[192.0.2.1]: ${server}`,
    openssl: (client, server) => `${client}\r\n${server}\r`,
  } // prettier-ignore
  const opening: Record<string, string> = {
    swaks: '=== Trying 127.0.0.1:25...\n<-  220 hi',
    marked: 'S: 220 hi\nC: EHLO me\nS: 250 hi',
    telnet: 'Trying 192.0.2.1...\n220 hi',
    postfix: 'Nov 22 02:17:45 mx postfix/smtpd[1]: connect from h[192.0.2.1]',
    openssl: 'CONNECTED(00000003)\nNew, TLSv1.3, Cipher is X\n220 hi',
  }

  function dialogue(program: string, how: string, secret: string): string {
    const say = written[program]!
    const exchanges: Record<string, string[]> = {
      plain: [say(`AUTH PLAIN ${b64(`\0user\0${secret}`)}`, '235 ok')],
      plainLater: [say('auth plain', '334 '), say(b64(`\0user\0${secret}`), `535 ${secret} is wrong`)],
      login: [say('AUTH LOGIN', '334 VXNlcm5hbWU6'), say(b64('user'), '334 UGFzc3dvcmQ6'), say(b64(secret), '235 ok')],
      cram: [say('AUTH CRAM-MD5', '334 PDFAaD4='), say(b64(`user ${'0123456789abcdef'.repeat(2)}`), '235 ok'), `password: ${secret}`],
      command: [`$ swaks -s h --auth-user me --auth-password '${secret}'`, say('NOOP', '250 ok')],
      equals: [`swaks -ap ${secret} -s h`, say('NOOP', '250 ok')],
      decoded: [`Nov 22 02:17:45 mx postfix/smtpd[1]: xsasl_cyrus_server_next: decoded response: ${secret}`],
      dump: [`  password       = '${secret}'`, say(`NOOP ${secret}`, '250 ok')],
    } // prettier-ignore
    return [opening[program], ...exchanges[how]!].join('\n')
  }

  it('unmasked, in any form', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(written)), form, password, (program, how, secret) => {
        const text = dialogue(program, how, secret)
        const shown = JSON.stringify(importText(text, { now }))
        expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1))
        // The characters of base64 that the secret alone decides, wherever it begins.
        for (const before of ['', '\0', '\0\0'])
          expect(shown).not.toContain(b64(before + secret).slice(4, Math.floor(((before.length + secret.length) * 8) / 6))) // prettier-ignore
      }),
      { numRuns: 600 },
    )
  })
})
