import { expect, test } from 'vitest'
import { heldBackWords, linkSuspicion } from '#renderer/model/inboxRendered.ts'

const view = (change: object = {}) => ({ remoteImages: 0, trackers: 0, removed: [], links: [], ...change })

test.each([
  [view(), false, 'Scripts never run here.'],
  [view({ remoteImages: 2, trackers: 1 }), false, 'Scripts never run here. 2 remote images were not loaded, one of them a 1 by 1 tracker.'],
  [view({ remoteImages: 1, trackers: 1 }), false, 'Scripts never run here. 1 remote image was not loaded, a 1 by 1 tracker.'],
  [view({ remoteImages: 3 }), true, 'Scripts never run here. 3 remote images were asked for this once.'],
  [view({ removed: [{ kind: 'forms', count: 2 }] }), false, 'Scripts never run here. Left out: forms (2).'],
  [view({ cut: 'Cut: only a part.' }), false, 'Scripts never run here. Cut: only a part.'],
])('%j, loaded %j: %s', (facts, remote, words) => expect(heldBackWords(facts, remote)).toBe(words)) // prettier-ignore

test.each([
  ['bank.example', 'https://evil.example/bank', 'says bank.example, leads to evil.example'],
  ['https://www.bank.example/login', 'https://bank.example/x', null],
  ['Click here', 'https://evil.example/', null],
  ['bank.example', 'mailto:a@b.example', null],
])('a link %j to %s', (text, href, words) => expect(linkSuspicion({ text, href })).toBe(words))
