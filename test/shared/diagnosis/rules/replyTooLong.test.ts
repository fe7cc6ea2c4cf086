import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = [...hello('STARTTLS'), 'C: NOOP']

test('a line over 512 octets is a warning, a reply without end an error', () => {
  expect(diagnose([...open, `S: 250 ${'x'.repeat(600)}`])).toMatchObject([{ code: 'reply-too-long', severity: 'warning', evidence: [6] }]) // prettier-ignore
  const cut = { kind: 'reply', direction: 'to-client', phase: 'other', raw: '250-x\r\n', code: 250, cutFrom: 70_000 } as const // prettier-ignore
  expect(diagnose([...open, cut])).toMatchObject([
    { code: 'reply-too-long', severity: 'error', message: 'A reply has 70,000 octets and no end in sight.' },
  ])
})

test('many short lines are fine', () => {
  expect(codesOf([...open, `S: ${'250-x|'.repeat(200)}250 x`])).toEqual([])
})
