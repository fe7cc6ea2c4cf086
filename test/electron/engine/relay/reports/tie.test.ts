import { expect, it } from 'vitest'
import { RelayReport } from '#shared/rpc/contract/relay.ts'
import { tieReport } from '#engine/relay/reports/tie.ts'
import type { ReadReport } from '#engine/relay/reports/types.ts'
import type { Leg, RelayStore } from '#engine/relay/types.ts'
import { legOf, messageOf } from './samples.ts'

const source = { id: 'S9.1', session: 'S9', at: new Date(Date.UTC(2026, 2, 2)) }
const lee = { action: 'failed' as const, final: { type: 'rfc822', address: 'LEE@gannet.example' }, status: '5.1.1', diagnostic: '550 no' } // prettier-ignore
const read = (more: Partial<ReadReport>): ReadReport => ({ form: 'delivery-status', recognisedBy: '', reportingMta: 'mx.gannet.example', recipients: [lee], references: [], problems: [], ...more }) // prettier-ignore
const returned = { kind: 'headers' as const, receivedIds: [], recipients: [] }

const message = messageOf({ envid: 'env 7' })
const legs = [
  legOf(message, { id: '01JABC.1/1', recipients: [{ address: 'kim@far.example', state: 'delivered' }] }),
  legOf(message, { id: '01JABC.1/2', recipients: [{ address: 'lee@gannet.example', state: 'delivered' }] }),
]

function storeOf(all: readonly Leg[] = legs): Pick<RelayStore, 'findLegs'> {
  return {
    findLegs: (by) =>
      Promise.resolve(
        all.filter(
          ({ message: { envid, messageId, id } }) =>
            (by.envid !== undefined && by.envid === envid) ||
            (by.messageId !== undefined && by.messageId === messageId) ||
            (by.id !== undefined && by.id === id),
        ),
      ),
  }
}

const tie = async (more: Partial<ReadReport>, all = legs) =>
  (await tieReport(read(more), source, storeOf(all))).map((row) => RelayReport.parse(row))

const found = async (more: Partial<ReadReport>) => (await tie(more)).map(({ leg, foundBy }) => [leg, foundBy])

it('finds the entry by what only our message had, the strongest first', async () => {
  const byId = { ...returned, messageId: '<tide-1@quay.example>' }
  const byTrace = { ...returned, messageId: '<other@x>', receivedIds: ['4ABC', '01JABC.1'] }
  expect(await found({ envelopeId: 'env 7', returned: byId })).toEqual([
    ['01JABC.1/2', 'Original-Envelope-Id'],
  ])
  expect(await found({ envelopeId: 'env+207' })).toEqual([['01JABC.1/2', 'Original-Envelope-Id']])
  expect(await found({ returned: byId })).toEqual([['01JABC.1/2', 'Message-ID of the returned headers']])
  expect(await found({ returned: { ...byId, kind: 'message' } })).toEqual([['01JABC.1/2', 'Message-ID of the returned message']]) // prettier-ignore
  expect(await found({ returned: byTrace })).toEqual([['01JABC.1/2', 'our queue id in Received of the returned headers']]) // prettier-ignore
  expect(await found({ references: ['<tide-1@quay.example>'] })).toEqual([['01JABC.1/2', 'References of the report']]) // prettier-ignore
})

it('ties nothing by an address alone, nor to a report of our own', async () => {
  expect(await tie({})).toEqual([
    { id: 'S9.1/1', at: '2026-03-02T00:00:00.000Z', session: 'S9', kind: 'failed', recipient: 'LEE@gannet.example', status: '5.1.1', words: 'mx.gannet.example says LEE@gannet.example does not exist: 550 no' }, // prettier-ignore
  ])
  const own = legOf(messageOf({ own: true, envid: 'env 7' }))
  expect((await tie({ envelopeId: 'env 7' }, [own]))[0]).not.toHaveProperty('leg')
})

it('ties a forwarded address to the only entry there is, but guesses among none', async () => {
  const elsewhere = { ...lee, final: { type: 'rfc822', address: 'someone@else.example' } }
  const one = await tie({ envelopeId: 'env 7', recipients: [elsewhere] }, legs.slice(1))
  expect(one[0]).toMatchObject({ leg: '01JABC.1/2' })
  expect((await tie({ envelopeId: 'env 7', recipients: [elsewhere] }))[0]).not.toHaveProperty('leg')
})

it('goes by what the sender wrote where the last server names another', async () => {
  const forwarded = { ...lee, final: { type: 'rfc822', address: 'x@else.example' }, original: { type: 'rfc822', address: 'lee@gannet.example' } } // prettier-ignore
  expect((await tie({ envelopeId: 'env 7', recipients: [forwarded] }))[0]).toMatchObject({
    leg: '01JABC.1/2',
  })
})

it('makes a row for each recipient of a complaint, or one that names nobody', async () => {
  const feedback = { type: 'abuse', originalRcptTo: ['lee@gannet.example', 'kim@far.example'], authenticationResults: [], reportedDomain: [], reportedUri: [] } // prettier-ignore
  const more = { form: 'feedback-report' as const, recipients: [], returned: { ...returned, messageId: '<tide-1@quay.example>' } } // prettier-ignore
  expect(await tie({ ...more, feedback })).toMatchObject([
    { kind: 'abuse', recipient: 'lee@gannet.example', leg: '01JABC.1/2', id: 'S9.1/1' },
    { kind: 'abuse', recipient: 'kim@far.example', leg: '01JABC.1/1', id: 'S9.1/2' },
  ])
  expect(await tie({ ...more, feedback: { ...feedback, originalRcptTo: [] } })).toMatchObject([
    { recipient: '' },
  ])
})

it('keeps a report that nobody could read, with the reason', async () => {
  const rows = await tie({ recipients: [], problems: ['Its parts could not be read: x.'] })
  expect(rows).toMatchObject([{ kind: 'other', recipient: '', words: 'A report that could not be read. Its parts could not be read: x.' }]) // prettier-ignore
})
