/** Owns: going somewhere: the address bar's hash is the one truth, the view store follows it. */
import { parseRoute, routeHash, type Route } from '../model/routes.ts'
import type { Services } from './services.ts'

/** Change the address; the room follows. */
export function goTo(route: Route): void {
  window.location.hash = routeHash(route)
}

/** Say in the address what is shown already, without a further step in the history. */
export function stayAt({ stores }: Services, route: Route): void {
  window.history.replaceState(window.history.state, '', routeHash(route))
  stores.view.getState().go(route)
}

/** Follows the address. Answers with the way to stop. */
export function followRoute({ stores }: Services, rooms: readonly string[]): () => void {
  const follow = () => stores.view.getState().go(parseRoute(window.location.hash, rooms))
  follow()
  window.addEventListener('hashchange', follow)
  return () => window.removeEventListener('hashchange', follow)
}
