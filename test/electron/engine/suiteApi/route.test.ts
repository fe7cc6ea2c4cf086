import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RpcError } from '#shared/rpc/error.ts'
import { Problem } from '#engine/suiteApi/problems.ts'
import { type Ask, matchPath, readQuery, route } from '#engine/suiteApi/route.ts'

const made = route({
  method: 'PATCH',
  path: '/a/{id}',
  name: 'a',
  summary: 'A',
  params: z.strictObject({ id: z.string().max(3) }),
  query: z.strictObject({ n: z.string().regex(/^\d+$/u, 'write a number').transform(Number).optional() }),
  body: z.strictObject({ unread: z.boolean() }),
  answer: { description: 'A.' },
  run: (ask) => ({ json: ask }),
})
const ask = (more: Partial<Ask<unknown, unknown, unknown>>) =>
  made.run({ params: { id: 'x' }, query: {}, body: { unread: true }, headers: {}, signal: AbortSignal.abort(), ...more }) // prettier-ignore

const refusing = route({
  method: 'GET',
  path: '/q',
  name: 'q',
  summary: 'Q',
  query: z.strictObject({ query: z.string() }),
  answer: { description: 'Q.' },
  run: () => {
    throw new RpcError('bad-argument', 'after: wants a day')
  },
})

describe('a route', () => {
  it('tells a query that its call refused by what was given', async () => {
    const asked = refusing.run({ params: {}, query: { query: 'after:zz' }, body: undefined, headers: {}, signal: AbortSignal.abort() }) // prettier-ignore
    await expect(asked).rejects.toMatchObject({ more: { errors: [{ field: 'query', value: 'after:zz', message: 'after: wants a day' }] } }) // prettier-ignore
  })

  it('gets what its shapes say, parsed', async () => {
    expect(await ask({ query: { n: '7' } })).toMatchObject({ json: { params: { id: 'x' }, query: { n: 7 }, body: { unread: true } } }) // prettier-ignore
  })

  it.each([
    [{ params: { id: 'long' } }, { field: 'id', value: 'long', message: 'may have 3 characters at most' }],
    [{ query: { n: 'x' } }, { field: 'n', value: 'x', message: 'write a number' }],
    [
      { query: { access_token: 'abc' } },
      { field: 'access_token', value: '********', message: 'is not known here; known are n' },
    ],
    [{ query: { m: '1' } }, { field: 'm', value: '1', message: 'is not known here; known are n' }],
    [{ body: { unread: 'no' } }, { field: 'body.unread', value: 'no', message: 'must be boolean' }],
    [{ body: null }, { field: 'body.unread', message: 'must be boolean' }],
    [{ body: [] }, { field: 'body', message: 'must be a JSON object' }],
  ])('refuses %j', async (given, problem) => {
    const error: unknown = await ask(given).catch((thrown: unknown) => thrown)
    if (!(error instanceof Problem)) throw new Error('no problem')
    expect(error.body()).toMatchObject({ status: 400, errors: [problem] })
  })
})

it.each([
  ['/a', '/a', {}],
  ['/a/{id}/b', '/a/x%2Fy%20z/b', { id: 'x/y z' }],
  ['/a/{id}', '/a/', { id: '' }],
  ['/a/{id}', '/a', null],
  ['/a/{id}', '/a/x/y', null],
  ['/a/{id}', '/a/%ff', null],
  ['/a', '/A', null],
])('%s and %s', (pattern, path, params) => expect(matchPath(pattern, path)).toEqual(params))

it('reads each name of a query once', () => {
  expect(readQuery(new URLSearchParams('a=1&__proto__=2'))).toEqual(Object.fromEntries([['a', '1'], ['__proto__', '2']])) // prettier-ignore
  expect(() => readQuery(new URLSearchParams('a=1&a=2'))).toThrow('a stands twice')
})
