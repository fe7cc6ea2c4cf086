import { expect, it } from 'vitest'
import { atOnce } from '#shared/steps.ts'
import { Dialogue } from '#shared/transcript/import/dialogue.ts'
import { isReply, UnmarkedReader } from '#shared/transcript/import/unmarked.ts'
import { short } from './read.ts'

function play(texts: string[]) {
  const dialogue = new Dialogue({ role: 'client', startedAt: '2026-11-22T12:00:00.000Z', host: 'h', port: 25 }) // prettier-ignore
  const lines = texts.map((text, index) => ({ number: index + 1, text }))
  const reader = new UnmarkedReader(dialogue, lines)
  const left = texts.filter((_, index) => !reader.take(index))
  return { said: short(atOnce(dialogue.finish('s1'))).slice(0, -1), left }
}

it('tells a reply by its three digits', () => {
  expect(['220 hi', '250-a', '250', '2500', '199 x', ' 250 a', '600 x'].map(isReply)).toEqual([true, true, true, false, false, false, false]) // prettier-ignore
})

it('leaves what nobody said', () => {
  expect(play(['220 hi', 'lorem ipsum', 'EHLO me', '250 h'])).toEqual({
    said: ['S: banner 220 hi', 'C: ehlo EHLO me', 'S: ehlo 250 h'],
    left: ['lorem ipsum'],
  })
})

it('takes an unknown command for one when the server refuses it', () => {
  expect(play(['220 hi', 'XYZZY', '', '502 what?']).said).toEqual(['S: banner 220 hi', 'C: other XYZZY', 'S: other 502 what?']) // prettier-ignore
})

it('takes what answers a 334 for a secret, even one that looks like a reply code', () => {
  expect(play(['AUTH LOGIN', '334 VXNlcm5hbWU6', '250', '535 no']).said.slice(2)).toEqual(['C: auth ••••••••', 'S: auth 535 no']) // prettier-ignore
})

it('keeps lines of content that look like replies, unless no content was typed at all', () => {
  expect(play(['DATA', '354 go', 'a', '250 bottles', '.', '250 kept']).said.slice(2)).toEqual(['C: body 16 last', 'C: body .', 'S: body 250 kept']) // prettier-ignore
  expect(play(['DATA', '354 go', '250 kept', '221 bye']).said.slice(2)).toEqual(['S: body 250 kept', 'S: quit 221 bye']) // prettier-ignore
})
