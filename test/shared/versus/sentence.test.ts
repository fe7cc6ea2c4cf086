import { describe, expect, it } from 'vitest'
import { VersusRequest, type VersusPlan } from '#shared/rpc/contract/versus.ts'
import { versusSentence } from '#shared/versus/sentence.ts'

const planOf = (change: Partial<Omit<VersusPlan, 'message'>>): Omit<VersusPlan, 'message'> => ({
  ...VersusRequest.parse({ message: { from: 'a@b.test', to: [] } }),
  ...change,
})
const side = (roundTrips: number, took: number, outcome: 'completed' | 'failed' | 'cancelled' = 'completed') => ({
  outcome, roundTrips, took, messages: 1, connections: 1,
}) // prettier-ignore

describe('the sentence', () => {
  it('says counts, time and the choices that cost most', () => {
    const words = versusSentence(planOf({}), side(12, 600_000), side(3, 150_000))
    expect(words).toContain('For 1 message SMTP waited for 12 round trips, HTTP for 3.')
    expect(words).toContain('Over 50 ms HTTP was done 450 ms earlier.')
    expect(words).toContain('STARTTLS')
    expect(words).toContain('PIPELINING')
  })

  it('blames the connection and not the protocol where only one side kept it', () => {
    const { smtp, http } = planOf({})
    const words = versusSentence(
      planOf({ messages: 9, smtp: { ...smtp, reuse: true }, http }),
      side(28, 100_000),
      side(27, 900_000),
    )
    expect(words).toContain('SMTP kept its connection')
    expect(words).toContain('SMTP was done 800 ms earlier')
  })

  it('makes nothing of a difference without a distance, and compares nothing that failed', () => {
    expect(versusSentence(planOf({ roundTrip: 0 }), side(12, 10_000), side(3, 10_100))).toContain(
      'hardly a difference',
    )
    expect(versusSentence(planOf({}), { ...side(0, 0, 'failed'), problem: 'No.' }, side(3, 1))).toBe(
      'One of the two did not get to its end, so nothing is compared. No.',
    )
    expect(versusSentence(planOf({}), side(0, 0, 'cancelled'), side(3, 1))).toContain('cancelled')
  })
})
