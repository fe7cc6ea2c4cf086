import { expect, test } from 'vitest'
import type { GateListener, MachineView } from '#engine/dialogue/gateTypes.ts'
import { OpenGate } from '#engine/many/openGate.ts'

const view: MachineView = { state: 'ready', secured: null, plan: () => [] }
function heard() {
  const said: string[] = []
  const tell = (name: string) => (): void => void said.push(name)
  const listener: GateListener = {
    release: tell('release'), skip: tell('skip'), insert: tell('insert'), drop: tell('drop'), reset: tell('reset'), finish: tell('finish'),
  } // prettier-ignore
  return { said, listener }
}

test('lets every line pass, and tells of it', () => {
  const sent: unknown[] = []
  const gate = new OpenGate((line) => sent.push(line.verb))
  expect([gate.holding, gate.admit()]).toEqual([false, true])
  const bytes = new Uint8Array()
  gate.sent({ id: 1, kind: 'command', phase: 'mail', bytes, shown: { bytes, masked: [] }, verb: 'MAIL' })
  gate.replied(421)
  expect(gate.lastCode).toBe(421)
  expect(sent).toEqual(['MAIL'])
})

test('asks for the end now, or once there is a connection, and not after it', () => {
  const now = heard()
  const gate = new OpenGate(() => {})
  gate.connect(view, now.listener)
  gate.finish()
  expect(now.said).toEqual(['finish'])
  gate.end()
  gate.finish()
  expect(now.said).toEqual(['finish'])
  const later = heard()
  const early = new OpenGate(() => {})
  early.finish()
  early.connect(view, later.listener)
  expect(later.said).toEqual(['finish'])
})
