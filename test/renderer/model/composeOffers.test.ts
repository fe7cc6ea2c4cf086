import { expect, test } from 'vitest'
import { offerNote, offersIn, offersOfProbe, serverKey } from '#renderer/model/composeOffers.ts'
import { connected, eventList, replied, secured } from '#test/support/page/sendEvents.ts'

const ehlo = (lines: string[]) => ({ ...replied('ehlo', 250, 'x'), raw: ['h', ...lines].map((line, at, all) => `250${at === all.length - 1 ? ' ' : '-'}${line}\r\n`).join('') }) // prettier-ignore

test('the last answer to EHLO counts', () => {
  const events = eventList([
    [1, connected()],
    [2, ehlo(['STARTTLS', 'DSN'])],
    [3, secured()],
    [4, ehlo(['SIZE 100', 'SMTPUTF8'])],
  ])
  expect(offersIn(events)).toEqual({ SIZE: '100', SMTPUTF8: '' })
  expect(offersIn(eventList([[1, connected()]]))).toBeNull()
})
test('notes say nothing of an unknown server', () => {
  expect(offerNote(undefined, 'DSN')).toEqual({ known: false, offered: true, words: '' })
  expect(offerNote({ DSN: '' }, 'DSN').words).toBe('DSN, offered here')
  expect(offerNote({ DSN: '' }, 'SMTPUTF8')).toMatchObject({
    offered: false,
    words: 'SMTPUTF8, not offered by this server',
  })
  expect(offerNote({}, 'constructor').offered).toBe(false)
})
test('of REQUIRETLS nothing is known from what was offered before TLS', () => {
  expect(offerNote({ STARTTLS: '' }, 'REQUIRETLS')).toEqual({ known: false, offered: true, words: '' })
  expect(offerNote({ SIZE: '' }, 'REQUIRETLS').offered).toBe(false)
  expect(offerNote({ STARTTLS: '' }, 'DSN').offered).toBe(false)
})
test('a server is host and port', () => {
  expect(serverKey({ host: ' A.example ', portChoice: 'other', otherPort: '26' })).toBe('a.example:26')
})
test('a probe of the same host and port tells too', () => {
  const results = [
    { host: 'A.example', port: 587, capabilities: ['DSN'], capabilitiesAfterTls: ['SIZE 5'] },
    { host: 'a.example', port: 465, capabilities: ['SMTPUTF8'] },
  ]
  expect(offersOfProbe(results, 'a.example', 587)).toEqual({ SIZE: '5' })
  expect(offersOfProbe(results, 'a.example', 25)).toBeUndefined()
})
