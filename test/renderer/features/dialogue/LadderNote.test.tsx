import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import {
  Band,
  EndNote,
  FoldNote,
  HeldNote,
  LinkNote,
  LostNote,
  RemarkNote,
} from '#renderer/features/dialogue/LadderNote.tsx'
import { emptyLog } from '#renderer/model/eventLog.ts'
import { lastOf } from '../../../support/page/builder.ts'
import { accepted, unreachable } from '../../../support/page/scenes.ts'
import type { ReactNode } from 'react'

const text = (node: ReactNode) => render(node).container.textContent
test('look-up and connection in words, failures too', () => {
  expect(text(<LinkNote events={accepted().events.slice(0, 2)} />)).toBe('Found 203.0.113.25, 2001:db8:4::25DNS, 12 msConnected over IPv4TCP, 38 ms') // prettier-ignore
  const asked = { ...accepted().events[0], server: '192.0.2.53:53' } as ReturnType<
    typeof accepted
  >['events'][number]
  expect(text(<LinkNote events={[asked]} />)).toContain('DNS of 192.0.2.53:53, 12 ms')
  expect(text(<LinkNote events={[unreachable().events[1]]} />)).toContain('No answer from 203.0.113.25')
})
test('what is beside the dialogue: how many lines, how much was cut, and whether it was understood', () => {
  const remark = { session: 's', seq: 1, at: 0, phase: 'other', direction: 'none', kind: 'remark' } as const
  const quiet = <RemarkNote event={{ ...remark, text: '=== Trying', understood: true }} open={false} />
  expect(text(quiet)).toBe('=== Trying')
  const odd = { ...remark, text: 'x\ny', understood: false, cutFrom: 20_000 }
  expect(text(<RemarkNote event={odd} open />)).toBe('x2 linescut, 20,000 characters in allnot understood')
})
test('bands, holds, folds, losses, the end', () => {
  expect(text(<Band segment={{ wall: 'open', lines: 1, octets: 230 }} first />)).toBe('Readable by anyone on the path1 line, 230 bytes in clear') // prettier-ignore
  expect(text(<Band segment={{ wall: 'sealed', lines: 1, octets: 2 }} first={false} />)).toContain('what was offered before no longer counts') // prettier-ignore
  const wait = lastOf(accepted().events, 'wait')
  const { took: _, why: __, ...place } = wait
  expect(text(<HeldNote event={wait} />)).toBe('You held this for 2.40 s')
  const skipped = { ...place, kind: 'edit', action: 'skipped', before: 'RCPT TO:<a@b>\r\n' } as const
  expect(text(<HeldNote event={skipped} />)).toBe('You skippedRCPT TO:<a@b>')
  const dropped = { ...place, kind: 'edit', action: 'dropped', before: 'RCPT TO:<a@b>\r\n' } as const
  expect(text(<HeldNote event={dropped} />)).toBe('You dropped the connection beforeRCPT TO:<a@b>')
  const { before: _before, ...between } = dropped
  expect(text(<HeldNote event={between} />)).toBe('You dropped the connection')
  expect(text(<HeldNote event={{ ...wait, why: 'delay' }} />)).toBe('You delayed this for 2.40 s')
  expect(text(<FoldNote fold={{ first: 1, last: 8, times: 42_893, pattern: ['RCPT', '250'], from: 9000, to: 31_000 }} open={false} />)).toBe('42,893 more like these, RCPT, 250, from 9 ms to 31 ms') // prettier-ignore
  expect(text(<LostNote count={1204} />)).toContain('1,204 events were dropped here')
  expect(text(<EndNote event={lastOf(accepted().events, 'end')} log={emptyLog()} findings={[]} />)).toBe(
    'Finished by QUIT.',
  )
})
