import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { readHead } from '#engine/store/headSummary.ts'
import { readTagRules, TagRules, tagsKey } from '#engine/store/tagRules.ts'
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { memoryDatabase, octets } from './support.ts'

it('what cannot be read is the default', () => {
  for (const json of [null, '{', '[]', '{"suffix":true,"headers":["a b"]}'])
    expect(readTagRules(json)).toEqual(defaultTagRules)
})

it('a saved rule holds for the next message, an undone one does not', () => {
  const { tables } = memoryDatabase()
  expect(tables.tags.rules()).toEqual(defaultTagRules)
  const rules = { suffix: false, headers: ['X-Test.Run'] }
  tables.apply({ type: 'putSetting', key: tagsKey, json: JSON.stringify(rules) })
  expect(tables.tags.rules()).toEqual(rules)
  tables.rolledBack()
  expect(tables.tags.rules()).toEqual(rules)
})

it('rules that cannot be read now are those of the beginning, and asked for again', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE settings (key TEXT PRIMARY KEY, json TEXT) STRICT')
  const tags = new TagRules(db)
  db.exec('ALTER TABLE settings RENAME TO away')
  expect(tags.rules()).toEqual(defaultTagRules)
  db.exec('ALTER TABLE away RENAME TO settings')
  db.prepare('INSERT INTO settings VALUES (?, ?)').run(
    tagsKey,
    JSON.stringify({ suffix: false, headers: [] }),
  )
  expect(tags.rules()).toEqual({ suffix: false, headers: [] })
})

it('a field name is letters, whatever they mean elsewhere', () => {
  const head = octets('X-Test.Run: a, b\r\nX-TestxRun: no\r\nX-Tag: c\r\n\r\n')
  expect(readHead(head, 0, ['X-Test.Run']).tags).toEqual(['a', 'b'])
  expect(readHead(head, 0, ['X-*(']).tags).toEqual([])
  expect(readHead(head, 0).tags).toEqual(['c'])
})
