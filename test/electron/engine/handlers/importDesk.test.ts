import { expect, test, vi } from 'vitest'
import { ImportDesk } from '#engine/handlers/importDesk.ts'
import type { ImportParts } from '#engine/handlers/importFile.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { systemClock } from '../../../../electron/hosts/common/clock.ts'
import { longHead, longTranscript } from '../../../support/longTranscript.ts'

const text = [...fileOf([{ head: longHead('a'), events: longTranscript('a', 3000) }])].join('')

function parts() {
  const stored = new Map<string, number>()
  const added = vi.fn()
  const given = {
    hub: { added },
    store: {
      openContent: () => {
        throw new Error('no content here')
      },
      putTranscript: async ({ id }, events) => {
        stored.set(id, (stored.get(id) ?? 0) + events.length)
      },
      removeTranscripts: async (ids) => {
        for (const id of ids) stored.delete(id)
        return ids.length
      },
    },
    ports: { clock: systemClock },
  } satisfies ImportParts
  return { given, stored, added }
}

test('parts sent at once are taken in their order; the list learns the session at the end', async () => {
  const { given, stored, added } = parts()
  const desk = new ImportDesk(given)
  const id = desk.begin()
  const half = text.length >> 1
  const [first, second] = await Promise.all([
    desk.part(id, text.slice(0, half)),
    desk.part(id, text.slice(half)),
  ])
  expect(first).toBeLessThanOrEqual(second)
  expect(added).not.toHaveBeenCalled()
  const { sessions, problems } = await desk.finish(id)
  expect(problems).toEqual([])
  expect(stored.get(sessions[0]!)).toBe(second)
  expect(added).toHaveBeenCalledTimes(1)
  await expect(desk.part(id, '')).rejects.toThrow(/Import/)
})
test('called off, or left alone for too long, nothing of it stays', async () => {
  const { given, stored, added } = parts()
  const desk = new ImportDesk(given, 20)
  const off = desk.begin()
  await desk.part(off, text)
  expect(stored.size).toBe(1)
  await desk.cancel(off)
  expect(stored.size).toBe(0)
  await desk.part(desk.begin(), text)
  await vi.waitFor(() => expect(stored.size).toBe(0))
  expect(added).not.toHaveBeenCalled()
})
test('no more than a few at once, and a failed part ends the file', async () => {
  const { given } = parts()
  const desk = new ImportDesk(given)
  const ids = [desk.begin(), desk.begin(), desk.begin(), desk.begin()]
  expect(() => desk.begin()).toThrow(/4 files are being read/)
  given.store.putTranscript = () => Promise.reject(new Error('the disk is full'))
  await expect(desk.part(ids[0]!, text)).rejects.toThrow('the disk is full')
  await expect(desk.finish(ids[0]!)).rejects.toThrow(/Import/)
  expect(desk.begin()).toBeGreaterThan(0)
})
