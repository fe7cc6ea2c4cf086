/** Owns: the local server in the menu bar and beside the clock: how it stands, starting, stopping, and the way to the Inbox. */
import type { MenuItemConstructorOptions } from 'electron'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'

export interface ServerActs {
  start: () => void
  stop: () => void
  /** Brings the window to the front, at this room. */
  open: (room: 'server' | 'inbox') => void
}

type Standing = Pick<ServerStatus, 'running' | 'listeners' | 'messages'>

export function standingWords({ running, listeners }: Standing): string {
  if (!running) return 'The local server is off'
  const ports = listeners
    .filter(({ state }) => state === 'listening')
    .map(({ port, actualPort }) => actualPort ?? port)
  const shown = [...new Set(ports)].toSorted((a, b) => a - b)
  if (shown.length === 0) return 'The local server listens on no port'
  return shown.length > 6 ? `Listening on ${shown.length} ports` : `Listening on ${shown.join(', ')}`
}

export function serverItems(status: Standing, acts: ServerActs): MenuItemConstructorOptions[] {
  return [
    { label: standingWords(status), enabled: false },
    status.running
      ? { label: 'Stop catching', click: acts.stop }
      : { label: 'Start catching', enabled: status.listeners.length > 0, click: acts.start },
    { type: 'separator' },
    { label: 'Inbox', click: () => acts.open('inbox') },
    { label: 'Local server', click: () => acts.open('server') },
  ]
}

export const trayItems = (status: Standing, acts: ServerActs): MenuItemConstructorOptions[] => [
  ...serverItems(status, acts),
  { type: 'separator' },
  { role: 'quit' },
]
