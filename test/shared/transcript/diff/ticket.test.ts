import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { toMarkdown } from '#shared/transcript/diff/markdown.ts'
import { stepsOf } from '#shared/transcript/diff/steps.ts'
import { ticketOf, type TicketSide } from '#shared/transcript/diff/ticket.ts'
import { atOnce } from '#shared/transcript/redact/redact.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { head } from '../samples.ts'
import { bye, script } from './scripts.ts'

const begun = (host: string) => [
  `S: 220 ${host} ESMTP Zebra`,
  'C: EHLO lion7',
  `S: 250-${host}|250 SIZE 1000`,
]
const long = 'x'.repeat(280)
const side = (host: string, lines: readonly string[]): TicketSide => {
  const events = script([...begun(host), ...lines])
  return { head: summarize(head({ host }), events), steps: stepsOf(events) }
}
const left = side('mx.zebra.com', ['C: MAIL FROM:<ann@zebra.com>', 'S: 250 2.1.0 Ok', 'C: RCPT TO:<bob@zebra.com>', 'S: 250 2.1.5 Ok', 'C: ZEBRA', 'S: 500 What', ...bye]) // prettier-ignore
const right = side('mx2.zebra.com', ['C: MAIL FROM:<ann@zebra.com>', 'S: 250 2.1.0 Ok', 'C: RCPT TO:<bob@zebra.com>', `S: 550 5.7.1 ${long} <bob@mx.zebra.com> unknown`]) // prettier-ignore
const nameOf = ({ host }: { host: string }) => `${host}:25`
const hideAll = { addresses: true, names: true, bodies: true }

test('nobody is named, not even in two halves, and the same host has one stand-in on both sides', () => {
  const { text, replaced } = atOnce(ticketOf([left, right], hideAll, nameOf))
  expect(text.toLowerCase()).not.toMatch(/zeb|ann|bob|lion/)
  expect(replaced.addresses).toBe(3)
  const [, first] = /Left: (host\d)/.exec(text) ?? []
  const [, second] = /Right: (host\d)/.exec(text) ?? []
  expect(first).not.toBe(second)
  expect(text).toContain('person2@')
  expect(text).toContain('is refused at RCPT with 550 5.7.1')
}) // prettier-ignore

test('where nothing is hidden it is the diff as it is', () => {
  const { text, replaced } = atOnce(ticketOf([left, right], { addresses: false, names: false, bodies: true }, nameOf)) // prettier-ignore
  expect(text).toBe(toMarkdown(diffSteps(left, right), nameOf(left.head), nameOf(right.head)))
  expect(replaced).toMatchObject({ addresses: 0, names: 0 })
})
