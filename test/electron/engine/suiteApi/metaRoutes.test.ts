import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemTypes } from '#engine/suiteApi/problems.ts'
import { Health, ProblemHelp, ServerAnswer } from '#engine/suiteApi/schemas.ts'
import { openSuite, type Suite } from '#test/support/suiteApi/suite.ts'

let suite: Suite
beforeAll(async () => (suite = await openSuite()))
afterAll(() => suite.stop())

it('says that it is well, to anybody', async () => {
  const { json } = await suite.ask('/health', { token: null })
  expect(Health.parse(json)).toEqual({ status: 'ok', version: '1.2.3' })
})

it('says where mail goes, to who has the token', async () => {
  const { json } = await suite.ask('/server')
  expect(ServerAnswer.parse(json)).toEqual(json)
  expect(json).toMatchObject({
    running: true,
    listeners: [{ address: '127.0.0.1', port: suite.smtp, state: 'listening' }],
  })
  expect((await suite.ask('/server', { token: null })).status).toBe(401)
})

it.each(Object.keys(problemTypes))('explains %s where its type leads', async (name) => {
  const { json } = await suite.ask(`/problems/${name}`, { token: null })
  expect(ProblemHelp.parse(json)).toMatchObject({ name, help: expect.any(String) })
})

it('has no other problems, and its document', async () => {
  expect((await suite.ask('/problems/constructor')).status).toBe(404)
  expect((await suite.ask('/openapi.json', { token: null })).json.openapi).toBe('3.1.0')
}) // prettier-ignore
