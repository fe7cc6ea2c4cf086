import { expect, it } from 'vitest'
import { matchPath } from '#engine/suiteApi/route.ts'
import { routesFor } from '#engine/suiteApi/routesFor.ts'
import type { RouteDeps } from '#engine/suiteApi/types.ts'

const routes = routesFor({} as RouteDeps)

it('has a version in every path but that of its document', () => {
  expect(routes.map(({ path }) => path).filter((path) => !path.startsWith('/api/v1/'))).toEqual([
    '/openapi.json',
  ])
})

it('asks for the token everywhere but where nothing of the mail is told', () => {
  expect(routes.filter(({ token }) => !token).map(({ name }) => name)).toEqual([
    'health',
    'problem',
    'document',
  ])
})

it('finds a fixed path before one with a parameter', () => {
  const found = routes.find(({ path }) => matchPath(path, '/api/v1/messages/wait') !== null)
  expect(found?.name).toBe('waitForMessage')
})
