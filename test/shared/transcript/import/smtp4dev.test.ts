import { expect, it } from 'vitest'
import { faultsOf, read, spoken } from './read.ts'
import { smtp4devLog as log } from './texts.ts'

it('reads a session log of the server, content and what was inside TLS', () => {
  const imported = read(log)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('smtp4dev')
  expect(faultsOf(log, imported)).toEqual([])
  expect(session.head).toMatchObject({ role: 'server', tls: 'starttls', title: 'smtp4dev session' })
  expect(spoken(session).slice(4, 9)).toEqual(['S: starttls 220 Ready to start TLS', 'tls established', '#C: ehlo EHLO client', '#S: ehlo 250-Nice to meet you. / 250 AUTH PLAIN LOGIN', '#C: auth AUTH PLAIN ••••••••']) // prettier-ignore
  expect(spoken(session)).toContain('#C: body 22 last')
})
