import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { Listener } from '#engine/server/listener.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { Session } from '#engine/server/session.ts'
import { Visit } from '#engine/server/visit.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import { hashes } from '#test/support/hashes.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { keepLog } from '#test/support/server/place.ts'

test('a session is given what all share and what is its own, and its news reach home under its name', () => {
  const config = ListenerConfig.parse({ port: 0, tls: 'plain' })
  const listener = new Listener(config, () => {})
  const recorder = fakeHub().hub.begin({
    source: 'server',
    role: 'server',
    host: '::1',
    port: 25,
    tls: 'none',
  })
  const [{ store }, { log }] = [fakeStore(), keepLog()]
  const news: unknown[] = []
  const home = {
    store,
    log,
    now: () => 7,
    date: () => new Date(0),
    kept: () => void news.push('kept'),
    notKept: (error: unknown) => void news.push(['not kept', error]),
    over: (visit: Visit) => void news.push(['over', visit]),
    held: (session: Session, waits: boolean) => void news.push([session, waits]),
  }
  const rules = sessionRules(config, ServerConfig.parse({ listeners: [] }), createAccounts([], hashes), null)
  const visit = new Visit(home, { rules, recorder, port: 25, address: '::1', listener })
  visit.held(true)
  expect(news).toEqual([])
  const session = new Session(visit)
  visit.session = session
  visit.kept()
  visit.notKept('full')
  visit.held(true)
  visit.over()
  expect(news).toEqual(['kept', ['not kept', 'full'], [session, true], ['over', visit]])
  expect([visit.now(), visit.date().getTime(), visit.store, visit.log]).toEqual([7, 0, store, log])
  expect([session.id, visit.port, visit.address, visit.listener]).toEqual([
    recorder.session,
    25,
    '::1',
    listener,
  ])
})
