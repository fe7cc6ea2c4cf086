import { expect, test } from 'vitest'
import * as failures from '#engine/relay/route/failures.ts'

test('a permanent end has 5xx and 5.x.x, a temporary one 4xx and 4.x.x; words are bounded', () => {
  for (const make of Object.values(failures)) {
    const { permanent, code, enhanced, words, kind } = make('x'.repeat(5000))
    const first = permanent ? 5 : 4
    expect([kind, Math.floor(code / 100), enhanced[0], words.length]).toEqual(['failed', first, String(first), 1000]) // prettier-ignore
  }
})
