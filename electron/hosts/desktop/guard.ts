/** Owns: what no page of this program may do: navigate away, open windows, embed others, ask for permissions. */
import type { Session, WebContents } from 'electron'
import { mayOpen } from './externalLinks.ts'
import { mailAddress, pageAddress } from './protocol.ts'

/** `openExternal` gets checked https addresses only. */
export function guardContents(contents: WebContents, openExternal: (address: string) => void): void {
  contents.on('will-navigate', (details) => {
    if (details.url !== pageAddress) details.preventDefault()
  })
  // A frame shows the document of a message and stays there, whatever that document would like.
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame && !details.url.startsWith(mailAddress)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpen(url)) openExternal(url)
    return { action: 'deny' }
  })
}

/** Copying to the clipboard, which needs a click of the user's, is all that the page may ask for. */
const granted = 'clipboard-sanitized-write'

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === granted))
  session.setPermissionCheckHandler((_contents, permission) => permission === granted)
  session.setDevicePermissionHandler(() => false)
}
