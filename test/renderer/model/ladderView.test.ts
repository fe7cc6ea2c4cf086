import { describe, expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { ladderView, stopsAt } from '#renderer/model/ladderView.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { endless, held, heldGate } from '../../support/page/scenes.ts'

function shown(
  built: ReturnType<typeof held>,
  unfolded: number[] = [],
  gate = undefined as ReturnType<typeof heldGate> | undefined,
) {
  const log = appendEvents(emptyLog(), { events: built.events })
  const { ladder } = new SessionModel().sync(log)
  return { ladder, log, view: ladderView(ladder, log, unfolded, gate) }
}

describe('ladderView', () => {
  test('without folds and gate it is the ladder', () => {
    const { ladder, view } = shown(held())
    expect(view.count).toBe(ladder.count)
    expect(view.row(3)).toEqual(ladder.row(3))
    expect(view.indexOf(12)).toBe(14)
  })

  test('while held: playhead, the next line, the planned ones with their stops', () => {
    const { ladder, view } = shown(held(), [], heldGate())
    const rows = Array.from({ length: view.count - ladder.count }, (_, i) => view.row(ladder.count + i)!)
    expect(rows.map(({ kind }) => kind)).toEqual([
      'playhead',
      'planned',
      'planned',
      'planned',
      'planned',
      'planned',
    ])
    expect(rows[1]).toMatchObject({ next: true, stops: true, wall: 'sealed' })
    expect(rows[2]).toMatchObject({ next: false, stops: false })
  })

  test('what comes after a planned STARTTLS will be sealed', () => {
    const gate = heldGate()
    const starttls = { ...gate.held!, raw: 'STARTTLS\r\n', verb: 'STARTTLS' }
    const { ladder, view } = shown({ ...held(), events: held().events.slice(0, 5) }, [], {
      ...gate,
      held: starttls,
    })
    expect(view.row(ladder.count + 1)).toMatchObject({ wall: 'open' })
    expect(view.row(ladder.count + 2)).toMatchObject({ wall: 'sealed' })
  })

  test('an opened fold is spread out, and every event is where it says', () => {
    const built = endless(50)
    const closed = shown(built)
    const fold = [...closed.ladder.rows].find((row) => row.kind === 'fold')!
    const { view } = shown(built, [fold.seq])
    const inside = fold.kind === 'fold' ? fold.fold.last - fold.fold.first + 1 : 0
    expect(view.count).toBe(closed.view.count + inside)
    for (const event of built.events) {
      const row = view.row(view.indexOf(event.seq))!
      if (event.kind === 'line' || event.kind === 'reply')
        if (event.seq !== fold.seq) expect(row).toMatchObject({ kind: event.kind, seq: event.seq })
    }
  })

  test('breakpoints stop before verbs and the final dot', () => {
    const gate = heldGate()
    expect(stopsAt(gate.held!, ['MAIL'])).toBe(true)
    expect(stopsAt({ ...gate.held!, kind: 'body-end' }, ['.'])).toBe(true)
    expect(stopsAt(gate.upcoming[0]!, ['MAIL'])).toBe(false)
  })
})
