import { expect, test } from 'vitest'
import { blockedPort } from '#shared/diagnosis/probe/blockedPort.ts'
import { attempt, control, facts, silent } from '#test/support/diagnosis/facts.ts'

const other = { host: 'other.example.net', address: '203.0.113.9' }
const judge = (...args: Parameters<typeof facts>) => blockedPort(facts(...args))

test('silent here while another port answers: possible, both causes, and what tells them apart', () => {
  const [found] = judge({ attempts: [silent(465), attempt(587)] })
  expect(found).toMatchObject({ code: 'port-blocked-here', confidence: 'possible', side: 'network' })
  expect(found!.message).toContain('or the server’s firewall drops it')
  expect(found!.next).toContain('control host on the same port')
})

test('port 25, which is blocked so often, and a router that says no: likely', () => {
  expect(judge({ attempts: [silent(25), attempt(587)] })).toMatchObject([{ confidence: 'likely' }])
  expect(judge({ attempts: [silent(465, { outcome: 'denied' }), attempt(587)] })).toMatchObject([
    { confidence: 'likely' },
  ])
})

test('control hosts fail on this port too and answer on others: likely, even when the target is silent', () => {
  const controls = [silent(465, { host: 'control.example.net' }), control(587)]
  const [found] = judge({ attempts: [silent(465)], controls })
  expect(found).toMatchObject({ confidence: 'likely' })
  expect(found!.message).toContain('so it is with control.example.net')
  expect(found!.proof).toHaveLength(3)
})

test('a firewall that refuses in the name of several hosts', () => {
  const no = { outcome: 'refused' } as const
  const controls = [
    silent(25, { host: 'control.example.net', ...no }),
    silent(25, { ...other, ...no }),
    control(587),
  ]
  const [found] = judge({ attempts: [silent(25, no), attempt(587)], controls })
  expect(found).toMatchObject({ confidence: 'likely' })
  expect(found!.message).toContain('refuse in their name')
})

test('a control host that answers on it, a plain refusal, no answer anywhere, no route: not blocked', () => {
  expect(judge({ attempts: [silent(25), attempt(587)], controls: [control(25)] })).toEqual([])
  expect(judge({ attempts: [silent(25, { outcome: 'refused' }), attempt(587)] })).toEqual([])
  expect(judge({ attempts: [silent(25), silent(587)] })).toEqual([])
  expect(judge({ attempts: [silent(25, { outcome: 'unreachable' }), attempt(587)] })).toEqual([])
  expect(judge({ attempts: [attempt(25), attempt(587)] })).toEqual([])
})
