import { expect, test } from 'vitest'
import type { Notice } from '#shared/inbox/arrival.ts'
import type { InboxChange } from '#shared/rpc/contract/inbox.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { tellArrivals } from '../../../../electron/hosts/desktop/arrivals.ts'
import { until } from '../../../shared/rpc/support.ts'
import { messageSummary } from '#test/support/mail.ts'

async function following() {
  const log = new EventLog<InboxChange>(100)
  const state = { notify: true, inFront: false, asked: 0 }
  const shown: Notice[] = []
  const stop = await tellArrivals({
    handlers: {
      'inbox.changes': () => log,
      'app.choices': () => {
        state.asked++
        return { serverStart: 'as-left', notify: state.notify, notifiedBy: 'host' }
      },
    },
    now: () => new Date('2026-03-04T00:00:00.000Z'),
    inFront: () => state.inFront,
    show: (notice) => shown.push(notice),
    gather: 1,
  })
  const come = (...ids: string[]) => {
    for (const id of ids) log.append({ type: 'put', summary: messageSummary({ id }) })
  }
  return { state, shown, stop, come }
}

test('mail is told, several that come together as one', async () => {
  const { shown, come, stop } = await following()
  come('a')
  await until(() => shown.length === 1)
  expect(shown[0]).toMatchObject({ title: 'Your order 10294 has shipped', id: 'a' })
  come('b', 'c')
  await until(() => shown.length === 2)
  expect(shown[1]?.title).toBe('2 messages arrived')
  stop()
})

test('not where it is off, and not while a window is in front', async () => {
  const { state, shown, come, stop } = await following()
  state.notify = false
  come('a')
  await until(() => state.asked === 1)
  state.notify = true
  come('c')
  await until(() => shown.length === 1)
  stop()
  come('d')
  expect(shown).toHaveLength(1)
})
