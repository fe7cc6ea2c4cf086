/** Owns: the table of all routes. */
import { listRoutes } from './listRoutes.ts'
import { messageRoutes } from './messageRoutes.ts'
import { metaRoutes } from './metaRoutes.ts'
import type { Route } from './route.ts'
import { sessionRoutes } from './sessionRoutes.ts'
import type { RouteDeps } from './types.ts'
import { waitRoutes } from './waitRoutes.ts'

/** Fixed paths before those with a parameter in the same place. */
export function routesFor(deps: RouteDeps): Route[] {
  const routes: Route[] = [
    ...waitRoutes(deps),
    ...listRoutes(deps),
    ...messageRoutes(deps),
    ...sessionRoutes(deps),
    ...metaRoutes(deps, () => routes),
  ]
  return routes
}
