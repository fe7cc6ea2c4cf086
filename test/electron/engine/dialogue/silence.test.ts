import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import { explainSilence } from '#engine/dialogue/silence.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, mail, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'

async function explain(server: TestServer) {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'probe', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const target = {
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    certificate: 'check',
    family: 0,
    timeouts: { connect: 300 },
  } as const
  const trial = await explainSilence({ address: '127.0.0.1', family: 4 }, target, {
    journal,
    now: () => new Date(),
  })
  await server.close()
  return { trial, events: hub.events(journal.session), main: journal.events }
}

test('TLS with a greeting inside: proved, recorded aside, and not a word said', async () => {
  const { pair } = await trusted()
  const server = await listen(mail(), pair)
  const { trial, events, main } = await explain(server)
  expect(trial).toMatchObject({ established: true, said: '220 test.example ESMTP\r\n', evidence: [1, 2, 3] })
  expect(events.map((event) => event.kind)).toEqual(['connect', 'tls', 'reply'])
  expect(main).toEqual([])
  expect(server.received()).toBe('')
})

test('silent to TLS as well, another protocol, and gone', async () => {
  expect((await explain(await listen(says('')))).trial).toMatchObject({ established: false, said: '' })
  const web = await listen((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  )
  expect((await explain(web)).trial).toMatchObject({
    established: false,
    said: 'HTTP/1.1 400 Bad Request\r\n\r\n',
  })
  const gone = await listen(says(''))
  await gone.close()
  expect((await explain(gone)).trial).toBeUndefined()
})
