import { expect, test } from 'vitest'
import { edgeFrom, wishes, type Awaited } from '#renderer/model/stateSteps.ts'
import { clientEdges, serverEdges } from '#shared/smtp/machine/table.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'

const fresh = (): Awaited => ({ queue: [], head: 0, last: false })

test('only edges of the table are found', () => {
  for (const edge of clientEdges) expect(edgeFrom('client', edge.from, edge.on)).toBe(edge)
  for (const edge of serverEdges) expect(edgeFrom('server', edge.from, edge.on)).toBe(edge)
  expect(edgeFrom('client', 'done', 'mail')).toBeUndefined()
})

test('a reply means what the command said that it answers, also when many are said ahead', () => {
  const { events } = new TranscriptBuilder({ id: 's' })
    .client('MAIL FROM:<a@b.example>')
    .client('RCPT TO:<c@d.example>')
    .client('DATA')
    .server('250 Ok')
    .server('550 No')
    .server('354 Go on')
    .build()
  const awaited = fresh()
  const said = events.map((event) => wishes(event, 'ready', awaited).map(([end, on]) => `${end} ${on}`))
  expect(said).toEqual([
    [], [], [],
    ['client mail', 'server mail'],
    [],
    ['client go-ahead', 'server data'],
  ]) // prettier-ignore
  expect(awaited.queue).toEqual([])
})

test('what is awaited is bounded: a client that never listens costs no memory without end', () => {
  const awaited = fresh()
  const [line] = new TranscriptBuilder({ id: 's' }).client('NOOP').build().events
  for (let n = 0; n < 30_000; n++) wishes(line!, 'ready', awaited)
  expect(awaited.queue.length).toBeLessThanOrEqual(20_000)
})
