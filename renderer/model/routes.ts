/**
 * Owns: the page's addresses: #/dialogue/SESSION, #/dialogue/LEFT/with/RIGHT, #/compare/PROBE, #/compare/LEFT/with/RIGHT,
 * #/send, #/inbox/ID, #/relay, #/server, #/settings.
 */

export interface Route {
  room: string
  /** Session, probe or message; '' for the room itself. */
  id: string
  /** The dialogue, or the probe, that this one is compared with. */
  other?: string
}

export const home: Route = { room: 'dialogue', id: '' }

/** A hash that is no address of ours leads home. */
export function parseRoute(hash: string, rooms: readonly string[]): Route {
  const form = /^#\/([a-z]+)(?:\/([^/]*)(?:\/with\/([^/]+))?)?$/
  const [, room = '', rawId = '', rawOther] = form.exec(hash) ?? []
  if (!rooms.includes(room)) return home
  try {
    const route = { room, id: decodeURIComponent(rawId) }
    return rawOther === undefined || route.id === ''
      ? route
      : { ...route, other: decodeURIComponent(rawOther) }
  } catch {
    return { room, id: '' }
  }
}

export function routeHash({ room, id, other }: Route): string {
  if (!id) return `#/${room}`
  return `#/${room}/${encodeURIComponent(id)}${other ? `/with/${encodeURIComponent(other)}` : ''}`
}
