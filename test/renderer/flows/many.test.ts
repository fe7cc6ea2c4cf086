import { expect, test } from 'vitest'
import { newMany, type Prepare, startMany, stopMany } from '#renderer/flows/many.ts'
import { manyProgress, manyResult } from '#test/support/page/many.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

const request = {
  target: { host: '127.0.0.1', port: 25, tls: 'none' as const },
  auth: { mechanism: 'none' as const },
}
const prepare: Prepare = async () => ({ ok: true, request })

const wrong: Prepare = async () => ({
  ok: false,
  problems: [{ field: 'message.to', value: '', message: 'There is no recipient.' }],
})

function services() {
  const all = fakeServices()
  all.client.on('many.start', () => ({ ok: true as const, id: 'r1' }))
  all.client.on('many.result', () => manyResult())
  all.client.on('many.cancel', () => ({ ok: true }))
  return all
}
const state = (all: ReturnType<typeof services>) => all.stores.many.getState()

test('starts with the numbers of the form, follows, and hears the end', async () => {
  const all = services()
  await startMany(all, '127.0.0.1', prepare)
  expect(all.client.asked('many.start')[0]).toMatchObject({
    messages: 100,
    connections: 5,
    confirmedHost: '127.0.0.1',
  })
  all.client.push('many.progress', [manyProgress()], { key: { id: 'r1' } })
  expect(state(all)).toMatchObject({
    id: 'r1',
    host: '127.0.0.1',
    progress: { accepted: 3120 },
    result: null,
  })
  all.client.push('many.progress', [manyProgress({ done: true })], { ended: true })
  await arrive()
  expect(state(all).result?.outcome).toBe('partly-accepted')
})

test('what is wrong with the numbers sends nothing', async () => {
  const all = services()
  state(all).change({ messages: 'many' })
  await startMany(all, '127.0.0.1', prepare)
  expect([all.client.asked('many.start').length, Object.keys(state(all).problems)]).toEqual([0, ['messages']])
})

test('what is wrong with the message, the host or the engine is said', async () => {
  const all = services()
  await startMany(all, '127.0.0.1', wrong)
  expect(state(all).problems.form).toBe('Nothing was sent. to: There is no recipient.')
  all.client.on('many.start', () => ({
    ok: false as const,
    problems: [{ field: 'confirmedHost', value: '', message: 'Type it.' }],
  }))
  await startMany(all, '127.0.0.1', prepare)
  expect(state(all).problems).toEqual({ confirm: 'Type it.' })
  all.client.on('many.start', () => Promise.reject(new Error('gone')))
  await startMany(all, '127.0.0.1', prepare)
  expect(state(all).problems.form).toContain('Nothing was sent.')
  expect(state(all).starting).toBe(false)
})

test('ends it, and goes back to the form with its numbers', async () => {
  const all = services()
  state(all).change({ messages: '7' })
  await startMany(all, '127.0.0.1', prepare)
  await stopMany(all)
  expect(all.client.asked('many.cancel')).toEqual([{ id: 'r1' }])
  newMany(all)
  expect(state(all)).toMatchObject({ id: '', progress: null, form: { messages: '7' } })
})

const risky: Prepare = async () => ({
  ok: true,
  request: { ...request, auth: { mechanism: 'plain', user: 'ann', password: 'pw' } },
})

test('a password that others could read waits for a second choice, which counts for this run', async () => {
  const all = services()
  await startMany(all, '127.0.0.1', risky)
  expect([state(all).asks, all.client.asked('many.start').length]).toEqual(['clear', 0])
  await startMany(all, '127.0.0.1', risky, true)
  expect(all.client.asked('many.start')[0]?.request.auth.allowUnprotected).toBe(true)
  expect(state(all).asks).toBeNull()
})
