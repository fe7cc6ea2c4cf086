import { describe, expect, test } from 'vitest'
import { differsFromHeader, envelopeTo } from '#renderer/model/inboxEnvelope.ts'

describe('envelope from against From', () => {
  test.each([
    ['bounce@shop.example', 'Shop <orders@shop.example>', true],
    ['orders@SHOP.example', 'Shop <orders@shop.example>', false],
    ['Orders@shop.example', 'Shop <orders@shop.example>', true],
    ['', 'Shop <orders@shop.example>', false],
    ['a@shop.example', '', false],
    ['a@shop.example', 'no address', false],
  ])('%j against %j differs: %j', (mailFrom, from, differs) => {
    expect(differsFromHeader({ mailFrom, from })).toBe(differs)
  })
})

test('recipients that no header names are hidden', () => {
  const headers = [
    { name: 'TO', value: 'Ines <ines@quayside.example>' },
    { name: 'Cc', value: 'rosa@PELICAN.example' },
    { name: 'X-To', value: 'secret@example.com' },
  ]
  expect(
    envelopeTo({ rcptTo: ['ines@quayside.example', 'rosa@pelican.example', 'secret@example.com'], headers }),
  ).toEqual({ named: ['ines@quayside.example', 'rosa@pelican.example'], hidden: ['secret@example.com'] })
})
