import { expect, test } from 'vitest'
import { queueDetail, queueItem } from '#test/support/relay/page.ts'
import { entryText, queueText } from '../../../../../electron/hosts/terminal/commands/relayQueueText.ts'

const counts = { waiting: 1, delivering: 0, held: 1, delivered: 3, bounced: 0, dropped: 2 }
const recipients = { all: 1, open: 1, delivered: 0, failed: 0 }
const shape = { sender: 'a@x.example', recipient: 'b@y.example', domain: 'y.example', recipients, tries: 1 }

test('a line an entry, then how many stand where', () => {
  const items = [
    queueItem({ ...shape, id: 's1.0/1', state: 'waiting', nextAt: '2026-11-22T10:00:00.000Z', words: '450 4.2.0 Later\u001b[2J' }),
    queueItem({ ...shape, id: 's22.0/1', state: 'held', sender: '', nextAt: undefined, tries: 0, recipients: { ...recipients, all: 3 }, words: 'Held by hand' }),
  ]
  const schema = 'relayscope.relay-queue/1' as const
  expect(queueText({ schema, items, counts, paused: true, more: true }).split('\n')).toEqual([
    's1.0/1   waiting  paused  1 try    a@x.example -> b@y.example    450 4.2.0 Later\\x1b[2J',
    's22.0/1  held             0 tries  <> -> b@y.example and 2 more  Held by hand',
    'There are more than these 2: --limit, --domain and --text say which.',
    '1 waiting, 0 delivering, 1 held; over: 3 delivered, 0 bounced, 2 dropped.',
    'Deliveries are paused; relay resume --all lets them go on.',
    '',
  ])
  expect(queueText({ schema, items, counts, paused: false, more: true })).toContain('waiting  next 2026-11-22T10:00:00.000Z')
  expect(queueText({ schema, items: [], counts, paused: false, more: false })).toBe('1 waiting, 0 delivering, 1 held; over: 3 delivered, 0 bounced, 2 dropped.\n')
}) // prettier-ignore
test('one entry: whom it is for, what holds for it, what was tried', () => {
  const entry = queueDetail({
    ...shape,
    id: 's1.0/1',
    state: 'held',
    nextAt: undefined,
    subject: 'Hi\u0007',
    words: 'Not allowed',
    toAllow: ['y.example', 'mx.y.example'],
    history: [
      { at: '2026-11-22T10:00:00.000Z', outcome: 'again', words: '450 Later', host: 'mx.y.example:25', sealed: 'TLS 1.3, verified' },
      { at: '2026-11-22T10:01:00.000Z', outcome: 'failed', words: 'No answer on port 25' },
    ],
    addresses: [{ address: 'b@y.example', state: 'open', words: '450 Later' }, { address: 'c@y.example', state: 'delivered' }],
    rules: ['TLS required (domain *)'],
    reports: [],
  })
  const text = entryText(entry, false)
  expect(text).toContain('s1.0/1  held  Not allowed\n  from a@x.example, ')
  expect(text).toContain(', subject Hi\\x07\n')
  expect(text).toContain('  to let it go allow one of y.example, mx.y.example (serve: --allow HOST)\n')
  expect(text).toContain('Recipients:\n  b@y.example  open  450 Later\n  c@y.example  delivered\nRules:\n  TLS required (domain *)\nTries:\n')
  expect(text).toContain('  2026-11-22T10:00:00.000Z  again  mx.y.example:25, TLS 1.3, verified: 450 Later\n')
  expect(text).toContain('  2026-11-22T10:01:00.000Z  failed  No answer on port 25\n')
  expect(entryText({ ...entry, history: [] }, false)).toContain('No try yet.\n')
}) // prettier-ignore
test('of mail without a sender nothing goes back', () => {
  const entry = { ...queueItem({ state: 'waiting', sender: '', nextAt: '2026-11-22T10:00:00.000Z', givesUpAt: '2026-11-27T10:00:00.000Z' }), addresses: [], rules: [], history: [], reports: [], because: '' } // prettier-ignore
  const text = entryText(entry, true)
  expect(text).toContain('  is given up at 2026-11-27T10:00:00.000Z; nobody is told, for it has no sender\n')
  expect(text).toMatch(/waiting, paused /)
})
