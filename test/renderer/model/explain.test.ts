import { expect, test } from 'vitest'
import { explain } from '#renderer/model/explain.ts'
import { accepted, badCertificate, held, unreachable } from '../../support/page/scenes.ts'

test('a reply: sentence, parts, meanings, references', () => {
  const words = explain(held().events.at(-1)!)
  expect(words.plain).toBe('The server accepted the user name and password.')
  expect(words.parts.map(({ text }) => text)).toEqual(['235', '2.7.0', 'Authentication successful'])
  expect(words.meanings).toContainEqual({ part: '2.7.0', words: 'Success, about security or policy.' })
  expect(words.references).toEqual(['RFC 4954 §6', 'RFC 3463'])
})
test('a secret is named as one and an edited line as edited', () => {
  const auth = held().events.find((event) => event.kind === 'line' && event.verb === 'AUTH')!
  expect(explain(auth).parts[1]).toMatchObject({ look: 'secret', text: '••••••••' })
  const edited = accepted().events.find((event) => event.kind === 'line' && event.edited)!
  expect(explain(edited).plain).toContain('A person changed this line')
})
test('every event of every scene has words', () => {
  for (const built of [accepted(), badCertificate(), unreachable()])
    for (const event of built.events) expect(explain(event).plain.length).toBeGreaterThan(3)
  const tls = badCertificate().events.find(({ kind }) => kind === 'tls')!
  expect(explain(tls)).toMatchObject({ tone: 'warn', plain: expect.stringContaining('TLS 1.3') })
})
