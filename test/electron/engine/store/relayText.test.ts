import { assert, constantFrom, integer, property, record, string, array } from 'fast-check'
import { expect, it } from 'vitest'
import { legText, overState, plainName, queuedText, readJson, readLegs } from '#engine/store/relayText.ts'
import type { StoreError } from '#engine/store/types.ts'
import { leg, over, queued } from './relaySamples.ts'

const noFault = (error: StoreError): void => expect.fail(error.message)

it('brings legs back as they were, legs of one message with one and the same message', () => {
  const recipient = record({ address: string(), state: constantFrom('open', 'delivered', 'failed', 'dropped'), words: string() }) // prettier-ignore
  const anyLeg = record({ domain: string(), nextAt: integer(), tries: integer(), recipients: array(recipient), state: constantFrom('waiting', 'held', 'delivered', 'bounced', 'dropped'), why: string() }) // prettier-ignore
  assert(
    property(string(), array(anyLeg, { maxLength: 4 }), (subject, given) => {
      const message = queued('s', 1, { subject, cuts: [[3, 9]] })
      const legs = given.map((more, n) => leg(message, n, more))
      const { json, legs: texts } = queuedText(message, legs)
      const read = readLegs({ messages: [{ id: message.id, json }], legs: texts.map((one) => ({ ...one, message: 0 })) }, noFault) // prettier-ignore
      expect(read).toEqual(legs)
      for (const one of read) expect(one.message).toBe(read[0]?.message)
    }),
  )
})

it('has words to find a leg by once it is over, in lower case and not without end', () => {
  const one = leg(queued('s', 1, { subject: 'Grüße AUS Köln', sender: 'Ines@Quay.test' }))
  expect(legText(one).text).toBeNull()
  expect(legText(over(one)).text).toBe('ines@quay.test\ngannet.test\ngrüße aus köln\nsomeone1@gannet.test')
  const long = over({ ...one, domain: 'D'.repeat(100_000) })
  expect(legText(long).text).toHaveLength(65_536)
})

it('knows what is over, and a name with or without its brackets', () => {
  const states = ['waiting', 'held', 'delivered', 'bounced', 'dropped'] as const
  expect(states.map((state) => overState({ state }))).toEqual([null, null, 'delivered', 'bounced', 'dropped'])
  expect([undefined, '', '<a@b>', ' a@b ', 'q-17'].map(plainName)).toEqual([null, null, 'a@b', 'a@b', 'q-17'])
  expect(plainName('x'.repeat(2000))).toHaveLength(998)
})

it('says whose content goes with the last leg', () => {
  expect(queuedText(queued('s'), []).alone).toBe(false)
  expect(queuedText(queued('relay-1', 1, { own: true }), []).alone).toBe(true)
})

it.each(['', '{', 'null', '[]', '7', '{"domain":"a","recipients":{},"state":"waiting","nextAt":1,"tries":0,"history":[]}'])(
  'leaves out a leg whose text is %j and names it; its neighbour is not concerned',
  (json) => {
    const message = queued('s')
    const faults: string[] = []
    const messages = [{ id: 's.1', json: JSON.stringify(message) }]
    const legs = [{ id: 's.1/1', message: 0, json }, { ...legText(leg(message, 2)), message: 0 }]
    const read = readLegs({ messages, legs }, (error) => void faults.push(`${error.code}: ${error.message}`))
    expect(read.map(({ id }) => id)).toEqual(['s.1/2'])
    expect(faults).toEqual(["corrupt: Leg s.1/1 of the relay's queue is damaged in the database and is left out. The rest is not concerned."]) // prettier-ignore
  },
) // prettier-ignore

it('leaves out the legs of a message that cannot be read, and names the message once', () => {
  const message = queued('s')
  const faults: string[] = []
  const legs = [1, 2].map((n) => ({ ...legText(leg(message, n)), message: 0 }))
  expect(readLegs({ messages: [{ id: 's.1', json: '{"id":"s.1"}' }], legs }, ({ message: words }) => void faults.push(words))).toEqual([]) // prettier-ignore
  expect(faults).toEqual([expect.stringContaining("Message s.1 of the relay's queue is damaged")])
})

const isNumber = (value: unknown): value is number => typeof value === 'number'
it('reads what the guard lets through, and nothing else', () => {
  expect(readJson('7', 'x', noFault, isNumber)).toBe(7)
  const faults: string[] = []
  expect(readJson('"7"', 'Row 3', ({ message }) => void faults.push(message), isNumber)).toBeNull()
  expect(faults[0]).toMatch(/^Row 3 is damaged/)
})

const tried = (session?: string) => ({ at: '2026-01-01T00:00:00.000Z', outcome: 'again' as const, words: 'no', ...(session === undefined ? {} : { session }) }) // prettier-ignore

it('names each dialogue of its history once, and says when the history has lost some', () => {
  const message = queued('s')
  const history = [tried('a'), tried(), tried('b'), tried('a')]
  expect(legText(leg(message, 1, { history, tries: 4 }))).toMatchObject({
    sessions: ['a', 'b'],
    forgot: false,
  })
  expect(legText(leg(message, 1, { history, tries: 5 }))).toMatchObject({ forgot: true })
})
