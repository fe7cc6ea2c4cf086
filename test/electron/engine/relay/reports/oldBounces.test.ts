import { expect, it } from 'vitest'
import { readExim, readQmail } from '#engine/relay/reports/oldBounces.ts'

const qmail = `Hi. This is the qmail-send program at gannet.example.
Your message could not go where it was to go.

<lee@gannet.example>:
Sorry, no mailbox here by that name. (#5.1.1)

<kim@far.example>:
192.0.2.9 does not like recipient.
Remote host said: 552 5.2.2 Mailbox full
Giving up on 192.0.2.9.

--- Below this line is a copy of the message.

Return-Path: <ines@quay.example>
Message-ID: <tide-1@quay.example>

body
`

it("reads qmail's bounces", () => {
  const read = readQmail(qmail.replaceAll('\n', '\r\n'))
  expect(read).toMatchObject({
    reportingMta: 'gannet.example',
    recipients: [
      { action: 'failed', final: { address: 'lee@gannet.example' }, status: '5.1.1' },
      { action: 'failed', final: { address: 'kim@far.example' }, status: '5.2.2' },
    ],
  })
  expect(read?.recipients[0]?.diagnostic).toBe('Sorry, no mailbox here by that name. (#5.1.1)')
  expect(read?.returned.startsWith('Return-Path: <ines')).toBe(true)
})

it('does not take other texts for one', () => {
  expect(readQmail('Hi. This is the plan for Sunday.\n\n<lee@x>:\nhello')).toBe(null)
  expect(readQmail(`Look:\n\n${qmail}`)).toBe(null)
  expect(readQmail('Hi. This is the qmail-send program at gannet.example.\n\nNobody named.')).toBe(null)
})

const exim = `This message was created automatically by mail delivery software.

  lee@gannet.example
    host mx1.gannet.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<lee@gannet.example>:
    550 5.1.1 No such user

------ This is a copy of the message, including all the headers. ------

Message-ID: <tide-1@quay.example>
`

it("reads Exim's bounces by their field", () => {
  const read = readExim(['lee@gannet.example,\n kim@far.example'], exim)
  expect(read?.recipients).toMatchObject([
    { action: 'failed', final: { address: 'lee@gannet.example' }, status: '5.1.1' },
    { action: 'failed', final: { address: 'kim@far.example' } },
  ])
  expect(read?.recipients[0]?.diagnostic).toContain('550 5.1.1 No such user')
  expect(read?.returned).toBe('Message-ID: <tide-1@quay.example>\n')
})

it('names nobody without that field', () => {
  expect(readExim([], exim)).toBe(null)
  expect(readExim([' , not an address'], exim)).toBe(null)
})

it('is bounded', () => {
  expect(readExim(['a@b.test,'.repeat(5000)], '  a\n'.repeat(100_000))?.recipients).toHaveLength(1000)
  const many = `Hi. This is the x at y.\n\n${'<a@b>:\nno\n\n'.repeat(20_000)}`
  expect(readQmail(many)?.recipients).toHaveLength(1000)
})
