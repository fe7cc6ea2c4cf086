import { expect, test } from 'vitest'
import { capabilityWords } from '#renderer/model/capabilities.ts'
import { ehlo, lastOf, TranscriptBuilder } from '../../support/page/builder.ts'

const reply = (lines: string[], sealed = false) => {
  const builder = new TranscriptBuilder({ id: 's' })
  if (sealed) builder.tls()
  return lastOf(builder.client('EHLO me').server(lines).events, 'reply')
}
test('the first reply: everything offered, STARTTLS stands out, and that AUTH is not offered yet', () => {
  const words = capabilityWords(reply(ehlo('host', ['STARTTLS'])))
  expect(words.chips[0]).toMatchObject({ text: 'STARTTLS', important: true, change: 'none' })
  expect(words.chips[0]?.about).toMatch(/^STARTTLS: .*RFC 3207/)
  expect(words.chips.map(({ text }) => text)).toContain('SIZE 52 MB')
  expect(words.authMissing).toBe(true)
})
test('the second reply: what is new, how many stay; that STARTTLS is gone is no news', () => {
  const words = capabilityWords(
    reply(ehlo('host', ['AUTH PLAIN LOGIN']), true),
    reply(ehlo('host', ['STARTTLS', 'ETRN'])),
  )
  expect(words.chips).toMatchObject([{ text: 'AUTH PLAIN LOGIN', important: true, change: 'new' }])
  expect(words).toMatchObject({ same: 6, gone: ['ETRN'], authMissing: false })
})

test('what is offered with other words has changed', () => {
  const words = capabilityWords(
    reply(['250-host', '250-AUTH PLAIN', '250 SIZE 10'], true),
    reply(['250-host', '250-AUTH LOGIN', '250 SIZE 10']),
  )
  expect(words.chips).toMatchObject([{ text: 'AUTH PLAIN', change: 'changed' }])
  expect(words.same).toBe(1)
})
