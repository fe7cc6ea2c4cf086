import { expect, test, vi } from 'vitest'
import { ImportDesk } from '#engine/handlers/importDesk.ts'
import type { ImportParts } from '#engine/handlers/importFile.ts'
import type { ContentWriter } from '#engine/store/types.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { swaksTls } from '../../../shared/transcript/import/texts.ts'
import { systemClock } from '../../../../electron/hosts/common/clock.ts'
import { longHead, longTranscript } from '../../../support/longTranscript.ts'

const text = [...fileOf([{ head: longHead('a'), events: longTranscript('a', 3000) }])].join('')

/** Contents are another matter. */
const noContent: ContentWriter = {
  id: 'c', append: () => true, drain: async () => undefined, keep: async () => undefined, commit: async () => undefined, queue: async () => undefined, discard: () => undefined,
} // prettier-ignore

function parts() {
  const stored = new Map<string, number>()
  const added = vi.fn()
  const given = {
    hub: { added },
    store: {
      openContent: () => noContent,
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
  expect(first.events).toBeLessThanOrEqual(second.events)
  expect(second.readLast).toBe(false)
  expect(added).not.toHaveBeenCalled()
  const { sessions, problems } = await desk.finish(id)
  expect(problems).toEqual([])
  expect(stored.get(sessions[0]!)).toBe(second.events)
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

/** Several sessions, and more lines than one slice reads. */
const long = swaksTls.repeat(2000)

test('another program’s text is kept until it is whole, then read with progress that only grows', async () => {
  const { given, stored, added } = parts()
  const desk = new ImportDesk(given)
  const id = desk.begin()
  expect(await desk.part(id, long)).toEqual({ events: 0, readLast: true })
  expect(await desk.part(id, swaksTls)).toEqual({ events: 0, readLast: true })
  const shares: number[] = []
  do shares.push((await desk.read(id)).share)
  while (shares.at(-1)! < 1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(added).not.toHaveBeenCalled()
  const { sessions, problems, form } = await desk.finish(id)
  expect([sessions.length, problems, form]).toEqual([2001, [], 'swaks'])
  expect([stored.size, added.mock.calls.length]).toEqual([2001, 2001])
})

test('called off in the middle of the storing, or when all is stored, nothing of a text stays', async () => {
  const { given, stored, added } = parts()
  const desk = new ImportDesk(given)
  const middle = desk.begin()
  await desk.part(middle, long)
  const put = given.store.putTranscript
  const begun = new Promise<void>((resolve) => {
    given.store.putTranscript = async (...row) => {
      await put(...row)
      resolve()
    }
  })
  void desk.read(middle)
  await begun
  expect(stored.size).toBeGreaterThan(0)
  await desk.cancel(middle)
  expect(stored.size).toBe(0)
  const done = desk.begin()
  await desk.part(done, swaksTls)
  expect(await desk.read(done)).toMatchObject({ share: 1 })
  expect(stored.size).toBe(1)
  await desk.cancel(done)
  expect([stored.size, added.mock.calls.length]).toEqual([0, 0])
})

test('a page that goes away while a text is read, and a store that fails, leave nothing', async () => {
  const { given, stored, added } = parts()
  const desk = new ImportDesk(given)
  const gone = new AbortController()
  const id = desk.begin()
  await desk.part(id, long)
  const result = desk.finish(id, gone.signal)
  gone.abort()
  await expect(result).rejects.toMatchObject({ code: 'cancelled' })
  const put = given.store.putTranscript
  given.store.putTranscript = async (...row) => {
    if (stored.size > 2) throw new Error('the disk is full')
    return put(...row)
  }
  const full = desk.begin()
  await desk.part(full, long)
  await expect(desk.finish(full)).rejects.toThrow('the disk is full')
  expect([stored.size, added.mock.calls.length]).toEqual([0, 0])
})
