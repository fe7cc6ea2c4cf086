import { expect, test } from 'vitest'
import { groupOf, listEntries, matches, sessionName } from '#renderer/model/sessionList.ts'
import { accepted, badCertificate, held } from '../../support/page/scenes.ts'

const now = new Date(2026, 5, 15, 12)
const at = (date: Date) => ({ ...accepted().summary, startedAt: date.toISOString() })

test('groups by the person’s own days', () => {
  expect(groupOf(held().summary, now)).toBe('Live')
  expect(groupOf(at(new Date(2026, 5, 15, 0, 0)), now)).toBe('Today')
  expect(groupOf(at(new Date(2026, 5, 14, 23, 59)), now)).toBe('Yesterday')
  expect(groupOf(at(new Date(2026, 5, 14, 0, 0)), now)).toBe('Yesterday')
  expect(groupOf(at(new Date(2026, 5, 13, 23, 59)), now)).toBe('Earlier')
})
test('entries: heads only where there is something, unknown ids left out', () => {
  const today = at(now)
  expect(listEntries(['accepted', 'gone'], { accepted: today }, now)).toEqual([
    { kind: 'head', key: 'head-Today', text: 'Today' },
    { kind: 'item', key: 'accepted', id: 'accepted' },
  ])
})
test('every word must occur; an imported one goes by its title', () => {
  expect(matches(accepted().summary, 'harbour 587')).toBe(true)
  expect(matches(accepted().summary, 'harbour 25x')).toBe(false)
  expect(sessionName(badCertificate().summary)).toEqual({ name: 'case 4187, mail.osprey.example', port: '' })
  expect(sessionName(accepted().summary)).toEqual({ name: 'smtp.harbour.example', port: ':587' })
  const probe = { ...accepted().summary, source: 'probe' as const }
  expect(sessionName({ ...probe, title: 'TLS scan' }).port).toBe(':587 TLS scan')
  expect(sessionName({ ...probe, port: 0, title: 'Name look-up' }).port).toBe('\u00a0Name look-up')
})
