import { expect, test } from 'vitest'
import { families } from '#shared/diagnosis/probe/families.ts'
import { attempt, control, facts, silent } from '#test/support/diagnosis/facts.ts'

const six = { family: 6, address: '2001:db8::1' } as const

test('one family fails on ports where the other works', () => {
  const attempts = [25, 587].flatMap((port) => [attempt(port), silent(port, six)])
  const [found, ...more] = families(facts({ attempts }))
  expect(found).toMatchObject({ code: 'ipv6-fails-ipv4-works', side: 'unknown', severity: 'warning' })
  expect(found!.message).toContain('On port 25, 587 IPv6 fails (timeout)')
  expect(found!.proof).toHaveLength(4)
  expect(more).toEqual([])
  expect(families(facts({ attempts: [silent(25), attempt(25, six)] }))).toMatchObject([
    { code: 'ipv4-fails-ipv6-works' },
  ])
})

test('no route at all is this computer’s matter, unless a control host has one', () => {
  const attempts = [attempt(25), silent(25, { ...six, outcome: 'unreachable' })]
  expect(families(facts({ attempts }))).toMatchObject([{ side: 'this-computer', severity: 'info' }])
  expect(families(facts({ attempts, controls: [control(25, six)] }))).toMatchObject([{ side: 'server' }])
})

test('both work, both fail, or one was cancelled', () => {
  for (const attempts of [
    [attempt(25), attempt(25, six)],
    [silent(25), silent(25, six)],
    [attempt(25), silent(25, { ...six, outcome: 'cancelled' })],
  ])
    // prettier-ignore
    expect(families(facts({ attempts }))).toEqual([])
})
