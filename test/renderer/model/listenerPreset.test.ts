import { expect, test } from 'vitest'
import { displaced, presetAddressProblem, presetRules, withPreset } from '#renderer/model/listenerPreset.ts'
import { ruleOf } from '#renderer/model/server.ts'
import { listenerPresets } from '#shared/knowledge/listenerPresets.ts'
import { listenerStatus } from '#test/support/mail.ts'

const four = listenerPresets.find(({ id }) => id === 'four-ports')!
const there = [listenerStatus(), listenerStatus({ port: 2587 })].map(ruleOf)

test('every preset gives whole rules at the address', () => {
  for (const preset of listenerPresets)
    for (const rule of presetRules(preset, ' ::1 ')) expect(rule).toMatchObject({ address: '::1', allowOutside: false }) // prettier-ignore
})
test('it takes the place of what has its ports, and keeps the rest in order', () => {
  const rules = presetRules(four, '127.0.0.1')
  expect(displaced(rules, there)).toEqual(['127.0.0.1:2525'])
  expect(withPreset(rules, there, 'beside').map(({ port }) => port)).toEqual([2587, 25, 465, 587, 2525])
  expect(withPreset(rules, there, 'instead').map(({ port }) => port)).toEqual([25, 465, 587, 2525])
  expect(displaced(presetRules(four, '127.0.0.2'), there)).toEqual([])
})
test('its address is of this computer alone', () => {
  expect(presetAddressProblem('127.0.0.1')).toBeUndefined()
  for (const wrong of ['', '0.0.0.0', 'localhost', 'mx.test'])
    expect(presetAddressProblem(wrong)).toBeTruthy()
})
