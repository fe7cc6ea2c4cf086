import { expect, test } from 'vitest'
import { gravestCheck, shortChecks } from '#renderer/model/inboxChecks.ts'
import type { MessageCheck } from '#shared/rpc/contract/inbox.ts'

const check = (verdict: MessageCheck['verdict'], title: string): MessageCheck => ({
  verdict,
  title,
  detail: '',
  reference: '',
})
const checks = (lint: MessageCheck[], found: MessageCheck[] | null = null) => ({ id: 'm', lint, ip: '', report: found && { resolver: '', asked: [], checks: found } }) // prettier-ignore

const titles = (given: Parameters<typeof shortChecks>[0]) =>
  shortChecks(given).shown.map(({ title }) => title)

test('the gravest is marked, what is good is not', () => {
  expect(gravestCheck(null)).toBeNull()
  expect(gravestCheck(checks([check('good', 'a'), check('info', 'b')]))).toBeNull()
  expect(gravestCheck(checks([check('warn', 'a')]))).toBe('warn')
  expect(gravestCheck(checks([check('warn', 'a')], [check('bad', 'DMARC')]))).toBe('bad')
})

test('what DNS said comes first, then what is wrong, the worst first, and how many more', () => {
  const lint = [check('good', 'fine'), check('warn', 'w'), check('bad', 'b')]
  expect(titles(checks(lint, [check('good', 'SPF')]))).toEqual(['SPF', 'b', 'w'])
  expect(shortChecks(checks(Array.from({ length: 9 }, (_, i) => check('warn', String(i))))).more).toBe(3)
})
