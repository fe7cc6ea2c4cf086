/** Owns: the page's addresses: #/dialogue/SESSION, #/send, #/inbox/ID, #/server, #/settings. */

export interface Route {
  room: string
  /** Session or message; '' for the room itself. */
  id: string
}

export const home: Route = { room: 'dialogue', id: '' }

/** A hash that is no address of ours leads home. */
export function parseRoute(hash: string, rooms: readonly string[]): Route {
  const [, room = '', rawId = ''] = /^#\/([a-z]+)(?:\/([^/]*))?$/.exec(hash) ?? []
  if (!rooms.includes(room)) return home
  try {
    return { room, id: decodeURIComponent(rawId) }
  } catch {
    return { room, id: '' }
  }
}

export const routeHash = ({ room, id }: Route): string => `#/${room}${id ? `/${encodeURIComponent(id)}` : ''}`
