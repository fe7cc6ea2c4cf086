import { describe, expect, it } from 'vitest'
import { choicesChanged, firstVersusDraft, versusAxis, versusBars, versusClaims, versusFigures, versusRequest } from '#renderer/model/versus.ts' // prettier-ignore
import { VersusRequest } from '#shared/rpc/contract/versus.ts'
import { versusEvents, versusResult, versusSide } from '#test/support/page/versus.ts'

describe('SMTP against HTTP, as the page shows it', () => {
  it('asks what the contract takes, with a file of about the size', () => {
    expect(VersusRequest.safeParse(versusRequest(firstVersusDraft)).success).toBe(true)
    const { message } = versusRequest({ ...firstVersusDraft, size: 100_000 })
    expect(message.attachments?.[0]?.base64?.length).toBeGreaterThan(100_000)
  })

  it('knows whether the choices are still those of the result', () => {
    const { plan } = versusResult()
    const draft = { ...firstVersusDraft, ...plan }
    expect(choicesChanged(draft, { plan })).toBe(false)
    expect(choicesChanged({ ...draft, size: 7 }, { plan })).toBe(false)
    expect(choicesChanged({ ...draft, messages: plan.messages + 1 }, { plan })).toBe(true)
    expect(choicesChanged({ ...draft, smtp: { ...draft.smtp, pipelining: !draft.smtp.pipelining } }, { plan })).toBe(true) // prettier-ignore
    expect(choicesChanged({ ...draft, http: { ...draft.http, tls: !draft.http.tls } }, { plan })).toBe(true)
  })

  it('sets the figures side by side', () => {
    expect(versusFigures(versusResult())[0]).toMatchObject({ name: 'Round trips', smtp: '12', http: '3' })
    const { first: _, ...none } = versusSide({ messages: 0 })
    expect(
      versusFigures(versusResult({ smtp: none })).find(({ name }) => name.startsWith('First'))?.smtp,
    ).toBe('never')
  })

  it('draws one bar for each wait, one behind the other', () => {
    expect(versusBars(versusEvents('s')).map(({ what, from, to, look }) => [what, from, to, look])).toEqual([
      ['TCP connection', 0, 100, 'connecting'],
      ['POST', 100, 90_000, 'open'],
    ])
  })

  it('has one axis for both, round and long enough', () => {
    const bars = versusBars(versusEvents('s'))
    expect(versusAxis(bars, [])).toEqual({
      length: 100_000,
      ticks: [0, 20_000, 40_000, 60_000, 80_000, 100_000],
    })
    expect(versusAxis([], []).length).toBe(1000)
  })

  it('says what articles say beside what was counted', () => {
    const claims = versusClaims(versusResult())
    expect(claims[0]?.here).toMatch(/^12 for each message/)
    expect(claims[1]?.here).toMatch(/^3 for each message/)
    const kept = versusResult()
    const plan = { ...kept.plan, messages: 4 }
    expect(versusClaims({ ...kept, plan, smtp: versusSide({ messages: 4, roundTrips: 14 }) })[0]?.here).toMatch(/^3\.5 /) // prettier-ignore
  })
})
