import { expect, test, vi } from 'vitest'
import { importFiles, importPasted, type ImportProgress } from '#renderer/flows/importing.ts'
import { mostCaseText } from '#shared/rpc/contract/transcript.ts'
import { makeServices } from '../../support/page/render.tsx'

test('a file is sent in parts, with progress; a character that a part cuts in two stays whole', async () => {
  const { services, engine } = makeServices()
  // An odd octet first, so that the parts end inside the two octets of a letter.
  const text = `x${'ö'.repeat(1_200_000)}`
  const told: ImportProgress[] = []
  const answer = await importFiles(services, [new File([text], 'case.json')], (one) => told.push(one))
  expect(answer.problems).toEqual(['case.json: Line 1 is not a case file.'])
  expect(engine.imported === text).toBe(true)
  expect(told.map(({ read }) => read)).toEqual([0, 1 << 20, 2 << 20])
  expect(told[2]).toMatchObject({ name: 'case.json', size: 2_400_001 })
  expect(told[2]!.events).toBeGreaterThan(0)
})
test('called off, the rest is not sent and nothing is said', async () => {
  const { services, engine } = makeServices()
  const abort = new AbortController()
  const files = [new File(['x'.repeat(3 << 20)], 'a.json'), new File(['y'], 'b.json')]
  const answer = await importFiles(services, files, ({ read }) => read > 0 && abort.abort(), abort.signal)
  expect(answer).toEqual({ sessions: [], problems: [] })
  expect(engine.imported).not.toContain('y')
  expect(engine.imported.length).toBeLessThan(3 << 20)
})
test('a pasted text is sent at once, unless it is longer than a message may be', async () => {
  const { services } = makeServices()
  expect(await importPasted(services, 'x')).toEqual({
    sessions: [],
    problems: ['Line 1 is not a case file.'],
  })
  await expect(importPasted(services, 'x'.repeat(mostCaseText + 1))).rejects.toThrow(
    'choose the file instead',
  )
})
test('a long paste goes in parts like a file; what is read when it is whole is waited for, its share only grows', async () => {
  const { services, engine } = makeServices()
  const text = 'x'.repeat(3 << 20)
  engine.reading = [0.2, 0.6, 1].map((share) => ({ events: share * 10, share, done: share === 1 }))
  const told: ImportProgress[] = []
  const answer = await importPasted(services, text, (one) => told.push(one))
  expect([answer.problems, engine.imported === text, engine.reading]).toEqual([['Line 1 is not a case file.'], true, []]) // prettier-ignore
  const all = told.map(({ share }) => share)
  expect(all).toEqual(all.toSorted((a, b) => a - b))
  expect(told.slice(2).map(({ sent, events }) => [sent, events])).toEqual([[false, 2 << 20], [true, 0], [true, 2], [true, 6]]) // prettier-ignore
})
test('called off while it is read, it is given up', async () => {
  const { services, engine } = makeServices()
  engine.reading = Array.from({ length: 9 }, (_, n) => ({ events: n, share: n / 10, done: false }))
  const abort = new AbortController()
  const tell = ({ events, sent }: ImportProgress): void => void (sent && events === 3 && abort.abort())
  const call = vi.spyOn(services.client, 'call')
  const answer = await importFiles(services, [new File(['220 hi'], 'mail.log')], tell, abort.signal)
  expect(answer).toEqual({ sessions: [], problems: [] })
  expect(call.mock.calls.at(-1)).toEqual(['transcript.endImport', { import: 1, cancel: true }])
})
