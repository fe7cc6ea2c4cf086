import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const renderer = resolve(import.meta.dirname, '../../renderer')

test('the wire is set without ligatures: every octet stands for itself', () => {
  const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.css'),
  )
  const rules = sheets.flatMap(
    (name) => readFileSync(join(renderer, name), 'utf8').match(/[^{}]*\{[^{}]*\}/g) ?? [],
  )
  const wire = rules.filter((rule) => /font(?:-family)?: [^;]*var\(--font-wire\)/.test(rule))
  expect(wire.length).toBeGreaterThan(10)
  expect(wire.filter((rule) => !rule.includes("'calt' 0"))).toEqual([])
})
