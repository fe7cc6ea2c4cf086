import { expect, test } from 'vitest'
import { home, parseRoute, routeHash } from '#renderer/model/routes.ts'

const rooms = ['dialogue', 'send']
test('an address goes there and back', () => {
  for (const route of [
    { room: 'send', id: '' },
    { room: 'dialogue', id: 'a/b é' },
    { room: 'dialogue', id: 'a/b', other: 'c/with/d' },
  ])
    expect(parseRoute(routeHash(route), rooms)).toEqual(route)
})
test('anything else leads home', () => {
  for (const hash of ['', '#', '#/nowhere', '#/dialogue/a/b', '#/dialogue/a/with/', 'javascript:1'])
    expect(parseRoute(hash, rooms)).toEqual(home)
  expect(parseRoute('#/dialogue/%E0%A4%A', rooms)).toEqual({ room: 'dialogue', id: '' })
})
