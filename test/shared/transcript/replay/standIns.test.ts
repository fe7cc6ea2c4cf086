import { expect, test } from 'vitest'
import type { ClientStep } from '#shared/smtp/machine/replay/types.ts'
import { TranscriptEvent } from '#shared/transcript/event.ts'
import { standInRemark, standInsAnswered, standInsSaid } from '#shared/transcript/replay/standIns.ts'

const rcpt = (address: string): ClientStep => ({ kind: 'line', phase: 'rcpt', after: 0, early: false, wait: 0, bytes: new Uint8Array(0), verb: 'RCPT', address }) // prettier-ignore
const asked = (argument: string) => ({ verb: 'RCPT', argument, sealed: false, replies: [] })

test('a recipient that redaction made up is named, once; a real one is not', () => {
  const steps = [rcpt('bob@shop.com'), rcpt('person1@domain1.example'), rcpt('person2@domain1.example')]
  expect(standInsSaid({ steps })).toEqual([
    expect.stringMatching(/like person1@domain1\.example are stand-ins/),
  ])
  expect(standInsSaid({ steps: steps.slice(0, 1) })).toEqual([])
})
test('and of what is answered', () => {
  const exchanges = [asked('bob@shop.com'), asked('person1@shop.com')]
  expect(standInsAnswered({ exchanges })).toEqual([expect.stringMatching(/like person1@shop\.com are stand-ins\. A real/)]) // prettier-ignore
  expect(standInsAnswered({ exchanges: exchanges.slice(0, 1) })).toEqual([])
})
test('it is an event of a transcript', () => {
  expect(TranscriptEvent.safeParse({ ...standInRemark('words'), session: 's', seq: 1, at: 0 }).success).toBe(
    true,
  )
})
