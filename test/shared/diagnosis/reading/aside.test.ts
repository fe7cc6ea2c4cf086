import { expect, test } from 'vitest'
import { mainCourse, openedBy } from '#shared/diagnosis/reading/aside.ts'
import { connected, hello, script, secured, sealedHello } from '#test/support/diagnosis/script.ts'

test('a trial beside a silent connection is taken out, and told', () => {
  const events = script([connected(), connected(), secured(), 'S: 220 mx ESMTP'])
  const course = mainCourse(events, false)
  expect(course.events.map(({ seq }) => seq)).toEqual([1])
  expect(course.trial).toEqual({ established: true, said: '220 mx ESMTP\r\n', evidence: [2, 3, 4] })
})

test('after a trial that failed the conversation is the main course', () => {
  const trial = [connected(), secured({ outcome: 'failed', fault: { code: 'timeout', message: '' } })]
  const events = script([connected(), ...trial, ...hello().slice(1)])
  const course = mainCourse(events, false)
  expect(course.events.map(({ seq }) => seq)).toEqual([1, 4, 5, 6])
  expect(course.trial).toMatchObject({ established: false, said: '', evidence: [2, 3] })
})

test('implicit TLS, STARTTLS and further addresses are no trial', () => {
  const implicit = script([connected({ outcome: 'refused' }), connected(), secured(), 'S: 220 mx'])
  expect(mainCourse(implicit, true)).toEqual({ events: implicit })
  const upgraded = script(sealedHello())
  expect(mainCourse(upgraded, false)).toEqual({ events: upgraded })
})

test('what was open when the first word came', () => {
  expect(openedBy(script(sealedHello()))?.seq).toBe(1)
  expect(openedBy(script([connected(), secured(), 'S: 220 mx']))?.seq).toBe(2)
  expect(openedBy(script(['S: 220 mx']))).toBeUndefined()
})
