import { expect, test } from 'vitest'
import { createLog, logLevel } from '../../../../electron/hosts/common/log.ts'

const now = (): Date => new Date('2026-01-02T03:04:05Z')

test('writes one line per entry from its level on, with fields', () => {
  const lines: string[] = []
  const log = createLog('warn', (line) => lines.push(line), now)
  log('info', 'not told')
  log('error', 'disk full', { path: '/data', free: 0 })
  expect(lines).toEqual(['2026-01-02T03:04:05.000Z error disk full path="/data" free=0\n'])
})

test("a peer's text cannot forge a line or move the cursor", () => {
  const lines: string[] = []
  createLog('debug', (line) => lines.push(line), now)('warn', 'said "a\r\n2026 error forged\u001b[2J\u2028"')
  expect(lines).toEqual([
    '2026-01-02T03:04:05.000Z warn said "a\\u000d\\u000a2026 error forged\\u001b[2J\\u2028"\n',
  ])
})

test('an unknown level is the usual one', () => {
  expect([logLevel('debug'), logLevel('loud'), logLevel(undefined, 'info')]).toEqual([
    'debug',
    'warn',
    'info',
  ])
})
