import { expect, test } from 'vitest'
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
