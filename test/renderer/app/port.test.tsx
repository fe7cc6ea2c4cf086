import { expect, test } from 'vitest'
import { findPort } from '#renderer/app/port.ts'
import { portHere, portPlease } from '#shared/rpc/handover.ts'

/** The desktop's page: `app:` and a preload script that answers by `answer`. */
function desktopPage(answer: (page: EventTarget) => void): Window {
  const page = new EventTarget()
  const asked: unknown[] = []
  const stand = Object.assign(page, {
    location: { protocol: 'app:', host: 'relayscope', origin: 'app://relayscope' },
    postMessage: (message: unknown, origin: string) => {
      asked.push([message, origin])
      expect(asked).toEqual([[{ type: portPlease }, 'app://relayscope']])
      answer(page)
    },
  })
  return stand as unknown as Window
}

function say(page: EventTarget, about: { data: unknown; source?: unknown; ports?: unknown[] }): void {
  page.dispatchEvent(Object.assign(new Event('message'), { source: page, ports: [], ...about }))
}

test('on the desktop the port comes from the window itself, and from nobody else', async () => {
  const foreign = new MessageChannel()
  const own = new MessageChannel()
  const page = desktopPage((window) => {
    say(window, { data: { type: portHere }, source: {}, ports: [foreign.port1] })
    say(window, { data: { type: 'other' }, ports: [foreign.port1] })
    say(window, { data: null, ports: [foreign.port1] })
    say(window, { data: { type: portHere } })
    say(window, { data: { type: portHere }, ports: [own.port1] })
  })
  const port = await findPort(page)
  const heard = new Promise((resolve) => port.onMessage(resolve))
  own.port2.postMessage('hello')
  expect(await heard).toBe('hello')
  port.close()
  foreign.port1.close()
})
