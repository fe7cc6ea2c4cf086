import { EventEmitter } from 'node:events'
import type { Session, WebContents, WindowOpenHandlerResponse } from 'electron'
import { expect, test } from 'vitest'
import { guardContents, guardSession } from '../../../../electron/hosts/desktop/guard.ts'

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse

function guarded() {
  const opened: string[] = []
  const handlers: OpenHandler[] = []
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => void handlers.push(handler),
  })
  guardContents(contents as unknown as WebContents, (address) => opened.push(address))
  const prevented = (event: string, url: string): boolean => {
    let stopped = false
    contents.emit(event, { url, preventDefault: () => (stopped = true) })
    return stopped
  }
  return { opened, prevented, open: (url: string) => handlers[0]!({ url }) }
}

test('the page can reload itself and go nowhere else', () => {
  const { prevented } = guarded()
  expect(prevented('will-navigate', 'app://relayscope/')).toBe(false)
  for (const url of [
    'https://attacker.example/',
    'file:///etc/passwd',
    'app://relayscope.attacker/',
    'javascript:1',
  ])
    expect(prevented('will-navigate', url)).toBe(true)
  expect(prevented('will-redirect', 'app://relayscope/')).toBe(true)
  expect(prevented('will-attach-webview', '')).toBe(true)
})

test('a frame shows the document of a message and goes nowhere else', () => {
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => {} })
  guardContents(contents as unknown as WebContents, () => {})
  const stopped = (url: string, isMainFrame = false): boolean => {
    let prevented = false
    contents.emit('will-frame-navigate', { url, isMainFrame, preventDefault: () => (prevented = true) })
    return prevented
  }
  expect(stopped('app://relayscope/mail/S.1')).toBe(false)
  for (const url of ['app://relayscope/', 'https://attacker.example/', 'data:text/html,x'])
    expect(stopped(url)).toBe(true)
  expect(stopped('app://relayscope/', true)).toBe(false)
})

test('no window opens; documentation goes to the browser, other addresses nowhere', () => {
  const { open, opened } = guarded()
  for (const url of [
    'https://www.rfc-editor.org/rfc/rfc5321',
    'https://attacker.example/',
    'file:///etc/passwd',
  ])
    expect(open(url)).toEqual({ action: 'deny' })
  expect(opened).toEqual(['https://www.rfc-editor.org/rfc/rfc5321'])
})

test('permissions are denied, but copying to the clipboard', () => {
  const granted: string[] = []
  const names = [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'clipboard-sanitized-write',
  ]
  const session = {
    setPermissionRequestHandler: (
      handler: (contents: null, name: string, answer: (yes: boolean) => void) => void,
    ) => {
      for (const name of names) handler(null, name, (yes) => yes && granted.push(`request ${name}`))
    },
    setPermissionCheckHandler: (handler: (contents: null, name: string) => boolean) => {
      for (const name of names) if (handler(null, name)) granted.push(`check ${name}`)
    },
    setDevicePermissionHandler: (handler: () => boolean) => {
      if (handler()) granted.push('device')
    },
  }
  guardSession(session as unknown as Session)
  expect(granted).toEqual(['request clipboard-sanitized-write', 'check clipboard-sanitized-write'])
})
