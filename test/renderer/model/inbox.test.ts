import { describe, expect, test } from 'vitest'
import {
  arrivalTime,
  arrivalWords,
  calmList,
  foldChanges,
  newerMessage,
  putMessages,
  senderName,
  subjectWords,
} from '#renderer/model/inbox.ts'
import { messageSummary } from '#test/support/mail.ts'

const at = (id: string, receivedAt: string) => messageSummary({ id, receivedAt })
const early = at('a', '2026-03-04T08:00:00.000Z')
const late = at('b', '2026-03-04T09:00:00.000Z')

describe('the list', () => {
  test('newest first; equal times by id', () => {
    expect([early, late].toSorted(newerMessage)).toEqual([late, early])
    expect(newerMessage(at('a', early.receivedAt), at('z', early.receivedAt))).toBeGreaterThan(0)
  })
  test('a new message takes its place, a known one keeps it', () => {
    const middle = at('m', '2026-03-04T08:30:00.000Z')
    expect(putMessages([late, early], [middle]).map(({ id }) => id)).toEqual(['b', 'm', 'a'])
    const read = { ...early, unread: false }
    const put = putMessages([late, early], [read])
    expect(put).toEqual([late, read])
  })
})

describe('a batch of changes', () => {
  test('the last word about each message counts', () => {
    const read = { ...early, unread: false }
    expect(
      foldChanges([
        { type: 'put', summary: early },
        { type: 'put', summary: late },
        { type: 'put', summary: read },
        { type: 'gone', ids: ['b'] },
      ]),
    ).toEqual({ cleared: false, put: [read], gone: ['b'], many: false })
  })
  test('what came before clearing is forgotten, what came after stays', () => {
    expect(
      foldChanges([{ type: 'put', summary: early }, { type: 'cleared' }, { type: 'put', summary: late }]),
    ).toEqual({ cleared: true, put: [late], gone: [], many: false })
  })
})

describe('words', () => {
  test.each([
    ['Shop orders <o@shop.example>', 'x@y.example', 'Shop orders'],
    ['o@shop.example', 'x@y.example', 'o@shop.example'],
    ['', 'x@y.example', 'x@y.example'],
    ['', '', '(no sender, bounce)'],
    ['not an address', 'x@y.example', 'not an address'],
  ])('sender of From %j, MAIL %j is %j', (from, mailFrom, name) => {
    expect(senderName({ from, mailFrom })).toBe(name)
  })
  test('no subject is said', () => {
    expect(subjectWords('  ')).toBe('(no subject)')
    expect(subjectWords('\u202Efdp.exe שלום')).toBe('\\u{202e}fdp.exe שלום')
  })
  test('how it arrived: the user, or how readable it was', () => {
    expect(arrivalWords(messageSummary())).toBe('shop-worker, bounce+10294@shop.example')
    const { user: _user, ...anonymous } = messageSummary({ sealed: false, mailFrom: '' })
    expect(arrivalWords(anonymous)).toBe('sent in clear, no sign-in')
  })
  test('times: clock today, weekday this week, else the date', () => {
    const now = new Date(2026, 2, 4, 12, 0)
    const shown = (...date: [number, number, number, number?, number?]) =>
      arrivalTime(new Date(...date).toISOString(), now)
    expect(shown(2026, 2, 4, 9, 5)).toBe('09:05')
    expect(shown(2026, 2, 2, 23, 0)).toBe('Mon')
    expect(shown(2026, 1, 3)).toBe('3 Feb')
    expect(shown(2024, 1, 3)).toBe('3 Feb 2024')
  })
})

describe('while a pointer is over the list', () => {
  const items = ['d', 'c', 'b', 'a'].map((id, place) => at(id, `2026-03-04T0${9 - place}:00:00.000Z`))
  const shownIds = (held: string[]) => {
    const { shown, waiting } = calmList(items, new Set(held))
    return [shown.map(({ id }) => id).join(''), waiting]
  }
  test('new rows wait above', () => {
    expect(shownIds(['c', 'b', 'a'])).toEqual(['cba', 1])
  })
  test('rows that are gone go, an older page is shown', () => {
    expect(shownIds(['x', 'c', 'b'])).toEqual(['cba', 1])
  })
  test('nothing held shows everything; an empty hold too', () => {
    expect(calmList(items, null)).toEqual({ shown: items, waiting: 0 })
    expect(shownIds([])).toEqual(['dcba', 0])
  })
})
