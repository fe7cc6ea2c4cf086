import { expect, test } from 'vitest'
import { hostDown } from '#shared/diagnosis/probe/hostDown.ts'
import { attempt, control, facts, silent } from '#test/support/diagnosis/facts.ts'

const attempts = [silent(25), silent(587), silent(587, { family: 6, outcome: 'unreachable' })]

test('who is silent is told by control hosts; without them all causes are said', () => {
  expect(hostDown(facts({ attempts }))).toMatchObject([
    { code: 'host-down', confidence: 'possible', side: 'unknown' },
  ])
  expect(hostDown(facts({ attempts, controls: [control(587)] }))).toMatchObject([
    { confidence: 'likely', side: 'server' },
  ])
  expect(hostDown(facts({ attempts, controls: [silent(587, { host: 'c.example' })] }))).toMatchObject([{ confidence: 'likely', side: 'this-computer' }]) // prettier-ignore
})

test('a refusal is an answer, and one port says too little', () => {
  expect(hostDown(facts({ attempts: [...attempts, silent(465, { outcome: 'refused' })] }))).toEqual([])
  expect(hostDown(facts({ attempts: [silent(25)] }))).toEqual([])
  expect(hostDown(facts({ attempts: [silent(25), attempt(587)] }))).toEqual([])
})
