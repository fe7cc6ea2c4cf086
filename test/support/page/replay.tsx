/** Owns: the replay dialog's parts over the fake engine, with a recording that is being looked at. */
import type { ReactNode } from 'react'
import type { ReplayPreview, ReplayServer } from '#shared/rpc/contract/replay.ts'
import { makeServices, renderWith } from './render.tsx'
import { accepted } from './scenes.ts'
import type { FakeOptions } from './fakeEngine.ts'

export const preview: ReplayPreview = {
  client: {
    lines: [
      { raw: 'EHLO me\r\n', masked: [], verb: 'EHLO' },
      { raw: '', masked: [], octets: 2048 },
    ],
    total: 5,
    mechanisms: ['PLAIN'],
    recipients: ['bob@x.test'],
    notes: ['Left out: a line.'],
    tls: 'starttls',
  },
  server: { tls: 'starttls', notes: [] },
}

export const port: ReplayServer = { id: 'r1', session: 'accepted', title: 'Replay of mx.test:25', address: '127.0.0.1', port: 4321, tls: 'starttls', pace: 'fast', sessions: 0, total: 1, latest: [], notes: [] } // prettier-ignore

export function renderReplay(node: ReactNode, handlers: FakeOptions['handlers'] = {}, change: object = {}) {
  const made = makeServices({ sessions: [accepted()], handlers })
  made.stores.transcripts.getState().put([accepted().summary])
  made.stores.replay.getState().set({ session: 'accepted', preview, ...change })
  return { ...renderWith(node, {}, made), made }
}
