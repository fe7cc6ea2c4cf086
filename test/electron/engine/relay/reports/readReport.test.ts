import { array, assert, asyncProperty, constantFrom, integer, record, string, uint8Array } from 'fast-check'
import { expect, it } from 'vitest'
import { composeReport } from '#engine/relay/reports/compose.ts'
import { oneLine } from '#engine/relay/reports/lines.ts'
import { readReport } from '#engine/relay/reports/readReport.ts'
import { crlf, givenOf, legOf, messageOf, octets } from './samples.ts'

const status = `Reporting-MTA: dns; mx.gannet.example

Final-Recipient: rfc822; lee@gannet.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user`

const parts = (type: string, content: string, third = 'text/rfc822-headers\n\nMessage-ID: <tide-1@quay.example>') =>
  crlf(`From: MAILER-DAEMON@mx.gannet.example
To: ines@quay.example
Content-Type: Multipart/Report; boundary="b;b";
 report-type=${type}

--b;b
Content-Type: text/plain

It did not go.
--b;b
Content-Type: message/${type}

${content}
--b;b
Content-Type: ${third}
--b;b--
`) // prettier-ignore

it('reads a bounce with the header of the original', async () => {
  const read = await readReport(parts('delivery-status', status))
  expect(read).toMatchObject({
    form: 'delivery-status',
    recognisedBy: 'multipart/report with message/delivery-status (RFC 3464)',
    reportingMta: 'mx.gannet.example',
    recipients: [{ action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 No such user' }],
    returned: { messageId: '<tide-1@quay.example>', kind: 'headers' },
    problems: [],
  })
})

it('reads a complaint with the original whole', async () => {
  const third = 'message/rfc822\nContent-Disposition: inline\n\nMessage-ID: <tide-1@quay.example>\nTo: lee@gannet.example\n\nbody' // prettier-ignore
  const read = await readReport(parts('feedback-report', 'Feedback-Type: abuse\nUser-Agent: L/1\nVersion: 1', third)) // prettier-ignore
  expect(read).toMatchObject({ form: 'feedback-report', feedback: { type: 'abuse' }, recipients: [] })
  expect(read?.returned).toMatchObject({ messageId: '<tide-1@quay.example>', kind: 'message' })
})

it('is no report: mail, a bounce that somebody sent on, and reports of another kind', async () => {
  expect(await readReport(crlf('Subject: a\n\nHi.\n'))).toBe(null)
  const inside = Buffer.from(parts('delivery-status', status)).toString()
  const forwarded = crlf(`Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n${inside}\n--x--\n`) // prettier-ignore
  expect(await readReport(forwarded)).toBe(null)
  expect(await readReport(parts('disposition-notification', 'Disposition: x; displayed'))).toBe(null)
})

it('counts the older shapes only with an empty reverse-path', async () => {
  const text = crlf('From: MAILER-DAEMON@x\n\nHi. This is the qmail-send program at x.example.\n\n<lee@gannet.example>:\nSorry. (#5.1.1)\n\n--- Below\n\nMessage-ID: <tide-1@quay.example>\n') // prettier-ignore
  expect(await readReport(text, '')).toMatchObject({ form: 'qmail', returned: { messageId: '<tide-1@quay.example>' } }) // prettier-ignore
  expect(await readReport(text, 'bob@x.example')).toBe(null)
  const exim = crlf('X-Failed-Recipients: lee@gannet.example\nSubject: Mail delivery failed\n\n  lee@gannet.example\n    Unrouteable address\n') // prettier-ignore
  expect(await readReport(exim, '')).toMatchObject({ form: 'exim', recipients: [{ diagnostic: 'Unrouteable address' }] }) // prettier-ignore
})

it('says what is broken, and gives what is sure', async () => {
  const cut = parts('delivery-status', status).slice(0, 330)
  expect(await readReport(cut)).toMatchObject({ form: 'delivery-status' })
  const empty = crlf('Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\nnothing\n')
  expect((await readReport(empty))?.problems.join(' ')).toContain('has no such part')
  const levels = Array.from({ length: 60 }, (_, n) => `Content-Type: multipart/${n === 0 ? 'report' : 'mixed'}; boundary=b${n}\n\n--b${n}\n`) // prettier-ignore
  expect((await readReport(crlf(levels.join(''))))?.problems.join(' ')).toContain('could not be read')
})

it('reads parts in any transfer encoding', async () => {
  const coded = Buffer.from(crlf(status)).toString('base64')
  const bytes = crlf(`Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/global-delivery-status\nContent-Transfer-Encoding: base64\n\n${coded}\n--x--\n`) // prettier-ignore
  expect((await readReport(bytes))?.recipients).toMatchObject([{ status: '5.1.1' }])
})

const outcome = record({
  outcome: constantFrom('failed' as const, 'again' as const),
  code: integer({ min: 400, max: 599 }),
  words: string({ unit: 'binary', maxLength: 300 }),
})

it('gives back every recipient of a report of our own, whatever the server said', async () => {
  const one = asyncProperty(
    array(outcome, { minLength: 1, maxLength: 20 }),
    constantFrom(true, false),
    async (all, utf8) => {
      const outcomes = all.map((said, n) => ({ ...said, address: utf8 ? `é${n}@gannet.example` : `r${n}@gannet.example` })) // prettier-ignore
      const recipients = outcomes.map(({ address }) => ({ address, state: 'failed' as const }))
      const made = await composeReport(givenOf({ leg: legOf(messageOf({ utf8 }), { recipients }), outcomes }))
      const read = await readReport(made!.content)
      expect(read?.problems).toEqual([])
      expect(read?.recipients.map(({ final, action, status: said, diagnostic }) => [final?.address, action, said !== undefined, diagnostic])).toEqual(
      outcomes.map(({ address, words, code }) => {
        const line = oneLine(words)
        return [address, 'failed', true, oneLine(line.startsWith(String(code)) ? line : `${code} ${line}`)]
      }),
    ) // prettier-ignore
      expect(read?.returned?.messageId).toBe('<tide-1@quay.example>')
    },
  )
  await assert(one, { numRuns: 100 })
})

it('never throws, whatever comes', async () => {
  const whole = Buffer.from(parts('delivery-status', status))
  await assert(
    asyncProperty(
      uint8Array({ maxLength: 400 }),
      integer({ min: 0, max: whole.length }),
      async (noise, at) => {
        await readReport(noise)
        await readReport(new Uint8Array(Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at)])))
      },
    ),
    { numRuns: 200 },
  )
  await readReport(octets(`Content-Type: multipart/report; boundary=x\n\n${'--x\n'.repeat(200_000)}`))
  await readReport(new Uint8Array(11 << 20).fill(0x0a))
})
