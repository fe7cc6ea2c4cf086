import { afterEach, expect, test, vi } from 'vitest'
import { markMatches } from '#renderer/features/dialogue/markMatches.ts'

afterEach(() => vi.unstubAllGlobals())

function list(html: string): HTMLElement {
  const box = document.createElement('div')
  box.innerHTML = `<div role="option"><span>spoken RCPT</span><div aria-hidden="true">${html}</div></div>`
  return box
}
function highlights(): Map<string, StaticRange[]> {
  const kept = new Map<string, StaticRange[]>()
  vi.stubGlobal('CSS', { highlights: kept })
  vi.stubGlobal('Highlight', Array)
  return kept
}

function marked({ startContainer, startOffset, endContainer, endOffset }: StaticRange): string {
  const range = document.createRange()
  range.setStart(startContainer, startOffset)
  range.setEnd(endContainer, endOffset)
  return range.toString()
}

test('marks what is drawn, also over the parts of a line, and not what is only spoken', () => {
  const kept = highlights()
  markMatches(list('<b>RCPT </b><span>TO:&lt;rcpt@a&gt;</span>'), 'rcpt t')
  expect(kept.get('filter-match')!.map(marked)).toEqual(['RCPT T'])
  markMatches(list('<b>RCPT </b><span>TO:&lt;rcpt@a&gt;</span>'), 'RCPT')
  expect(kept.get('filter-match')!.map(marked)).toEqual(['RCPT', 'rcpt'])
  markMatches(list('x'), '')
  expect(kept.size).toBe(0)
})
test('a browser without highlights shows none', () => {
  expect(() => markMatches(list('RCPT'), 'rcpt')).not.toThrow()
})

test('a match behind the end of its row is brought in sight, and the row goes back when nothing is looked for', () => {
  highlights()
  const box = list('<span data-wire>250 2.0.0 Ok: queued as 4F1</span>')
  const text = box.querySelector<HTMLElement>('[data-wire]')!
  Object.defineProperties(text, { scrollWidth: { value: 900 }, clientWidth: { value: 300 } })
  text.getBoundingClientRect = () => new DOMRect(100, 0, 300, 18)
  Range.prototype.getBoundingClientRect = () => new DOMRect(700, 0, 40, 18)
  markMatches(box, '4f1')
  expect(text.scrollLeft).toBe(540)
  expect(text.dataset['moved']).toBe('middle')
  markMatches(box, '')
  expect(text.scrollLeft).toBe(0)
  expect(text.dataset['moved']).toBeUndefined()
})
