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
  expect(words.chips[0]).toEqual({ text: 'STARTTLS', important: true, isNew: false })
  expect(words.chips.map(({ text }) => text)).toContain('SIZE 52 MB')
  expect(words.authMissing).toBe(true)
})
test('the second reply: what is new, how many stay; that STARTTLS is gone is no news', () => {
  const words = capabilityWords(
    reply(ehlo('host', ['AUTH PLAIN LOGIN']), true),
    reply(ehlo('host', ['STARTTLS', 'ETRN'])),
  )
  expect(words.chips).toEqual([{ text: 'AUTH PLAIN LOGIN', important: true, isNew: true }])
  expect(words).toMatchObject({ same: 6, gone: ['ETRN'], authMissing: false })
})
