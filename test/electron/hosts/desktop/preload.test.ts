import { afterEach, expect, test, vi } from 'vitest'

const sent = vi.hoisted(() => ({ toMain: [] as unknown[][] }))
vi.mock('electron', () => ({ ipcRenderer: { postMessage: (...args: unknown[]) => sent.toMain.push(args) } }))

afterEach(() => vi.unstubAllGlobals())

test('a page that asks gets one end of a channel, the main process the other; nothing else is answered', async () => {
  const toPage: unknown[][] = []
  const page = Object.assign(new EventTarget(), {
    location: { origin: 'app://relayscope' },
    postMessage: (...args: unknown[]) => toPage.push(args),
  })
  vi.stubGlobal('window', page)
  const before = Object.keys(page)
  await import('../../../../electron/hosts/desktop/preload.ts')
  const say = (data: unknown, source: unknown = page): boolean =>
    page.dispatchEvent(Object.assign(new Event('message'), { data, source }))
  say({ type: 'relayscope-port-please' }, { other: 'frame' })
  say({ type: 'relayscope-port' })
  say(null)
  say('relayscope-port-please')
  expect([sent.toMain, toPage]).toEqual([[], []])
  say({ type: 'relayscope-port-please' })
  expect(sent.toMain).toEqual([['relayscope-port', null, [expect.any(MessagePort)]]])
  expect(toPage).toEqual([[{ type: 'relayscope-port' }, 'app://relayscope', [expect.any(MessagePort)]]])
  expect(Object.keys(page)).toEqual(before)
  for (const [, , ports] of [...sent.toMain, ...toPage])
    if (Array.isArray(ports) && ports[0] instanceof MessagePort) ports[0].close()
})
