import { describe, expect, test } from 'vitest'
import {
  addressPort,
  appSettings,
  authWords,
  clientTls,
  likeWords,
  listenerState,
  mainListener,
  portOf,
  problemWords,
  ruleOf,
  settingsText,
  tlsWords,
} from '#renderer/model/server.ts'
import { listenerStatus, serverStatus, stoppedServer } from '#test/support/mail.ts'

describe('words', () => {
  test('every TLS mode has words and a way to ask for it', () => {
    for (const tls of ['plain', 'starttls', 'starttls-required', 'implicit'] as const) {
      expect(tlsWords[tls]).toBeTruthy()
      expect(clientTls(tls)).toBe(tls === 'plain' ? 'none' : tls === 'implicit' ? 'implicit' : 'starttls')
    }
  })
  test('sign-in', () => {
    expect(authWords(listenerStatus({ auth: 'off' }))).toBe('not offered')
    expect(authWords(listenerStatus({ auth: 'required', authOnlyAfterTls: true }))).toBe(
      'required, after TLS',
    )
    expect(authWords(listenerStatus({ tls: 'implicit', authOnlyAfterTls: true }))).toBe('offered')
  })
  test('what a port stands for', () => {
    expect([25, 2525, 2587].map((port) => likeWords({ port, tls: 'starttls' }))).toEqual([
      'the real one',
      'as 25, for servers',
      'as 587, for apps',
    ])
    expect(likeWords({ port: 2465, tls: 'implicit' })).toBe('as 465, for apps')
    expect(likeWords({ port: 587, tls: 'plain' })).toBe('as 587, for apps')
    for (const port of [2651, 10_025]) expect(likeWords({ port, tls: 'starttls' })).toBe('')
    expect(likeWords({ port: 2651, tls: 'implicit' })).toBe('')
    expect(likeWords({ port: 2465, tls: 'starttls' })).toBe('')
    expect(likeWords({ port: 2587, tls: 'implicit' })).toBe('')
  })
  test('how it stands; one that is off by itself is told apart', () => {
    expect(listenerState(listenerStatus())).toEqual({ tone: 'good', word: 'listening' })
    expect(listenerState(listenerStatus({ state: 'failed' })).tone).toBe('warn')
    expect(listenerState(listenerStatus({ state: 'off' })).word).toBe('off')
    expect(listenerState(listenerStatus({ state: 'off', enabled: false })).word).toBe('switched off')
  })
  test('the rule is whole, and nothing of how it stands', () => {
    const rule = { label: 'x', mechanisms: ['plain' as const], limits: { line: 512 }, clientCa: 'pem' }
    expect(ruleOf(listenerStatus(rule))).toMatchObject(rule)
    expect(ruleOf(listenerStatus({ notices: ['n'] }))).not.toHaveProperty('notices')
  })
  test('an IPv6 address has brackets beside a port', () => {
    expect(addressPort('::1', 25)).toBe('[::1]:25')
  })
  test('half sentences of the engine get their value and a full stop', () => {
    expect(
      problemWords([
        { field: 'name', value: 'a b', message: 'is not a host name' },
        { field: 'x', value: '', message: 'Whole.' },
      ]),
    ).toEqual(['“a b” is not a host name.', 'Whole.'])
  })
})

describe('pointing an application at it', () => {
  test('2525 where it listens, else the first, else none', () => {
    expect(mainListener(serverStatus())?.port).toBe(2525)
    const other = serverStatus({ listeners: [listenerStatus({ port: 0, actualPort: 40123 })] })
    expect(portOf(mainListener(other)!)).toBe(40123)
    expect(mainListener(stoppedServer())).toBeUndefined()
    expect(mainListener(null)).toBeUndefined()
  })
  test('settings say server, port, encryption and sign-in', () => {
    expect(settingsText(appSettings(listenerStatus(), []))).toBe(
      'Server: 127.0.0.1\nPort: 2525\nEncryption: STARTTLS\nSign-in: any user, any password, or none',
    )
    expect(appSettings(listenerStatus({ auth: 'required' }), ['ann', 'bob']).at(-1)).toEqual({
      name: 'User',
      value: 'ann, bob',
    })
    expect(appSettings(listenerStatus({ anyPassword: true }), ['ann']).at(-1)?.value).toContain(
      'any password',
    )
    expect(appSettings(listenerStatus({ auth: 'off', tls: 'plain' }), []).at(-1)?.value).toBe('none')
  })
})
