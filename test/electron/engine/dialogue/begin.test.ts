import { expect, test } from 'vitest'
import { type Beginning, beginDialogue, type Running } from '#engine/dialogue/begin.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

function begun(given: Partial<Beginning> = {}) {
  const hub = memoryHub()
  const head = { source: 'send', host: 'h', port: 25, tls: 'none' } as const
  let running: Running | undefined
  const result = Promise.withResolvers<DialogueResult>()
  const dialogue = beginDialogue(
    { hub, head, hold: { step: true, breakpoints: [], delay: 0 }, secrets: [], remarks: [], ...given },
    (its) => {
      running = its
      return result.promise
    },
  )
  return { dialogue, running: running!, fail: result.reject, events: () => hub.events(dialogue.session) }
}

test('says its remarks first, without the secrets', () => {
  const { events } = begun({ remarks: ['Signs in by hunter2.', 'And so on.'], secrets: ['hunter2'] })
  const texts = events().map((event) => (event.kind === 'remark' ? event.text : event.kind))
  expect(texts).toEqual(['Signs in by ********.', 'And so on.'])
})

test.each(['drop', 'reset'] as const)('a %s while it is being dialled calls it off', (type) => {
  const { dialogue, running } = begun()
  expect(running.gate.opened).toBe(false)
  expect(dialogue.act({ type })).toEqual({ ok: true })
  expect(running.signal.aborted).toBe(true)
})

test('with a connection acts are the gate’s, and it is called off by cancel alone', () => {
  const { dialogue, running } = begun()
  const done: string[] = []
  const note = (name: string) => () => void done.push(name)
  const listener = { release: note('release'), skip: note('skip'), insert: note('insert'), drop: note('drop'), reset: note('reset'), finish: note('finish') } // prettier-ignore
  running.gate.connect({ state: 'ready', secured: null, plan: () => [] }, listener)
  expect(dialogue.act({ type: 'drop' })).toEqual({ ok: true })
  expect([done, running.signal.aborted]).toEqual([['drop'], false])
  dialogue.cancel()
  expect(running.signal.aborted).toBe(true)
})

test('a failure that nobody waits for ends nothing else', async () => {
  const { dialogue, fail } = begun()
  fail(new Error('a defect'))
  await new Promise((done) => setImmediate(done))
  await expect(dialogue.result).rejects.toThrow('a defect')
})
