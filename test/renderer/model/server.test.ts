import { describe, expect, test } from 'vitest'
import {
  addressPort,
  appSettings,
  authWords,
  checkListener,
  clientTls,
  configOf,
  draftOf,
  likeWords,
  mainListener,
  newListener,
  portOf,
  problemWords,
  readPort,
  ruleOf,
  settingsText,
  tlsWords,
} from '#renderer/model/server.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { listenerStatus, serverStatus, stoppedServer } from '#test/support/mail.ts'

describe('a listener’s form', () => {
  test('goes round', () => {
    const rule = ruleOf(listenerStatus())
    expect(rule).toEqual(ListenerConfig.parse({ port: 2525 }))
    expect(configOf(draftOf(rule))).toEqual(rule)
  })
  test.each([
    ['0', 0],
    ['65535', 65535],
    ['65536', null],
    ['-1', null],
    ['25.5', null],
    ['', null],
  ])('port %j is %j', (text, port) => {
    expect(readPort(text)).toBe(port)
  })
  test('a wrong port is named with what would be right', () => {
    expect(checkListener({ ...newListener(), port: '70000' }, []).port).toMatch(/“70000”.*0 to 65535/)
  })
  test('an address that others can reach is refused here', () => {
    expect(checkListener({ ...newListener(), port: '1025', address: '0.0.0.0' }, []).address).toMatch(
      /other machines/,
    )
    expect(checkListener({ ...newListener(), port: '1025', address: '::1' }, [])).toEqual({})
  })
  test('two listeners cannot have one port, unless the system chooses it', () => {
    const other = ruleOf(listenerStatus())
    expect(checkListener({ ...newListener(), port: '2525' }, [other]).port).toMatch(/has a listener already/)
    expect(checkListener({ ...newListener(), port: '0' }, [{ ...other, port: 0 }])).toEqual({})
  })
  test('sign-in after TLS needs TLS', () => {
    const draft = { ...newListener(), port: '1025', tls: 'plain' as const, authOnlyAfterTls: true }
    expect(checkListener(draft, []).auth).toMatch(/nobody could sign in/)
    expect(checkListener({ ...draft, auth: 'off' }, [])).toEqual({})
  })
})

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
    expect(appSettings(listenerStatus({ auth: 'off', tls: 'plain' }), []).at(-1)?.value).toBe('none')
  })
})
