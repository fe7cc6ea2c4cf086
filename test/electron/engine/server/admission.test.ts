import { expect, test } from 'vitest'
import { Admission } from '#engine/server/admission.ts'

test('connections are counted in all and per address, and leave room again', () => {
  const admission = new Admission({ connections: 3, connectionsPerAddress: 2 })
  expect([admission.enter('a'), admission.enter('a')]).toEqual([null, null])
  expect(admission.enter('a')).toMatch(/2 connections from one address/)
  expect(admission.enter('b')).toBeNull()
  expect(admission.enter('c')).toMatch(/limit of 3 connections/)
  admission.leave('a')
  expect(admission.open).toBe(2)
  expect(admission.enter('a')).toBeNull()
})

test('lower limits count for the next connections only', () => {
  const admission = new Admission({ connections: 9, connectionsPerAddress: 9 })
  admission.enter('a')
  admission.enter('a')
  admission.limits = { connections: 1, connectionsPerAddress: 1 }
  expect(admission.open).toBe(2)
  expect(admission.enter('b')).not.toBeNull()
})
