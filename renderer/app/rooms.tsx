/**
 * Owns: the rooms that this page has. A room is a folder of features/ whose index.tsx exports its component by
 * default; a room that is not built is not listed, so nothing in the page leads nowhere.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { IconName } from '../ui/Icon.tsx'

export interface Room {
  id: string
  name: string
  icon: IconName
  /** Shown at the foot of the rail. */
  foot?: boolean
  /** Reached from another room and by the palette, not from the rail. */
  hidden?: boolean
  Component: LazyExoticComponent<ComponentType>
}

type RoomModule = { default: ComponentType }
const built = import.meta.glob<RoomModule>('../features/*/index.tsx')

const known: readonly Omit<Room, 'Component'>[] = [
  { id: 'dialogue', name: 'Dialogue', icon: 'dialogue' },
  { id: 'compare', name: 'Compare', icon: 'compare' },
  { id: 'send', name: 'Send', icon: 'send' },
  { id: 'inbox', name: 'Inbox', icon: 'inbox' },
  { id: 'relay', name: 'Relay', icon: 'relay' },
  { id: 'server', name: 'Local server', icon: 'server' },
  { id: 'settings', name: 'Settings', icon: 'settings', foot: true },
  // Last, so that the others keep their keys.
  { id: 'versus', name: 'SMTP or HTTP?', icon: 'swap', hidden: true },
]

export const rooms: readonly Room[] = known.flatMap((room) => {
  const load = built[`../features/${room.id}/index.tsx`]
  return load ? [{ ...room, Component: lazy(load) }] : []
})

/** Fetches the code of every room while the host is surely there: a room opened after it was lost is drawn all the same. */
export const fetchRooms = async (): Promise<void> => {
  await Promise.allSettled(Object.values(built).map((load) => load()))
}

export const roomIds: readonly string[] = rooms.map((room) => room.id)
