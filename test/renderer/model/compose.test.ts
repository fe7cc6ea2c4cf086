import { describe, expect, test } from 'vitest'
import {
  atImplicitTls,
  atListener,
  emptyDraft,
  fittingTls,
  portNumber,
  portText,
  readDraft,
  withPort,
} from '#renderer/model/compose.ts'

describe('saved values', () => {
  test('nothing saved gives an empty form for submission', () => {
    expect(emptyDraft()).toMatchObject({ host: '', portChoice: '587', tls: 'starttls', mechanism: 'auto' })
  })
  test('each wrong field falls back alone, and unknown ones are left behind', () => {
    const draft = readDraft({ host: 'smtp.example', tls: 'ssl3', step: 'yes', password: 'secret', extra: 1 })
    expect(draft).toMatchObject({ host: 'smtp.example', tls: 'starttls', step: false })
    expect(JSON.stringify(draft)).not.toContain('secret')
    expect(draft).not.toHaveProperty('extra')
  })
  test.each([null, 'text', 7, []])('what is no object gives an empty form: %j', (saved) => {
    expect(readDraft(saved)).toEqual(emptyDraft())
  })
})

describe('port and encryption', () => {
  test.each([
    [465, 'implicit'],
    [2465, 'implicit'],
    [587, 'starttls'],
    [2525, 'starttls'],
    [25, 'opportunistic'],
    [1025, null],
  ])('port %i belongs to %s', (port, tls) => {
    expect(fittingTls(port)).toBe(tls)
  })
  test('choosing a port sets the encryption that belongs to it', () => {
    expect(withPort(emptyDraft(), { portChoice: '465' }).tls).toBe('implicit')
  })
  test('an encryption that the person chose stays', () => {
    const draft = { ...emptyDraft(), tls: 'none' as const, tlsChosen: true }
    expect(withPort(draft, { portChoice: '465' }).tls).toBe('none')
  })
  test('an unknown port says nothing about encryption', () => {
    const draft = withPort(emptyDraft(), { portChoice: '25' })
    expect(withPort(draft, { portChoice: 'other', otherPort: '1025' }).tls).toBe('opportunistic')
  })
  test.each([
    ['2587', 2587],
    [' 26 ', 26],
    ['0', null],
    ['70000', null],
    ['58x', null],
    ['', null],
  ])('other port %j is %j', (otherPort, number) => {
    expect(portNumber({ portChoice: 'other', otherPort })).toBe(number)
  })
  test('the other port counts only when it is chosen', () => {
    expect(portText({ portChoice: '25', otherPort: '99' })).toBe('25')
  })
})

describe('the local server', () => {
  test('a usual port is chosen by its name', () => {
    expect(atListener(emptyDraft(), 2525, 'starttls')).toMatchObject({
      host: '127.0.0.1',
      portChoice: '2525',
      tls: 'starttls',
    })
  })
  test('another one is typed', () => {
    expect(atListener(emptyDraft(), 40123, 'implicit')).toMatchObject({
      portChoice: 'other',
      otherPort: '40123',
      tls: 'implicit',
    })
  })
})

test('465 instead: the port and its encryption together', () => {
  const draft = { ...emptyDraft(), tls: 'none' as const, tlsChosen: true }
  expect(atImplicitTls(draft)).toMatchObject({ portChoice: '465', tls: 'implicit', tlsChosen: false })
})
